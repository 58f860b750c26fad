package cloud.gardener.logging.metrics;

import io.prometheus.metrics.core.metrics.Histogram;
import java.util.HashSet;
import java.util.Set;

/** The histograms of all requests. Channels to one host share their series. Thread-safe. */
final class RpcSeries {
  private static final double[] SECONDS =
      {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};
  private static final double[] BYTES =
      {1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 21, 1 << 22};

  final Histogram operationDuration;
  final Histogram callDuration;
  final Histogram requestSize;
  final Histogram responseSize;
  private final Set<RpcMetrics> open = new HashSet<>();

  RpcSeries(Collectors collectors) {
    operationDuration = collectors.histogram(MetricFamily.OPERATION_DURATION, SECONDS);
    callDuration = collectors.histogram(MetricFamily.RPC_DURATION, SECONDS);
    requestSize = collectors.histogram(MetricFamily.RPC_REQUEST_SIZE, BYTES);
    responseSize = collectors.histogram(MetricFamily.RPC_RESPONSE_SIZE, BYTES);
  }

  synchronized RpcMetrics open(String serverAddress) {
    RpcMetrics channel = new RpcMetrics(this, serverAddress);
    open.add(channel);
    return channel;
  }

  synchronized void close(RpcMetrics channel) {
    String address = channel.serverAddress();
    if (open.remove(channel) && open.stream().noneMatch(o -> o.serverAddress().equals(address))) {
      for (Histogram histogram :
          new Histogram[] {operationDuration, callDuration, requestSize, responseSize}) {
        histogram.removeIf(labelValues -> labelValues.get(0).equals(address));
      }
    }
  }
}
