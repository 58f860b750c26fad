package cloud.gardener.logging.metrics;

import io.prometheus.metrics.core.metrics.Histogram;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The histograms of all requests, by server address. Targets with the same address share their series. A request
 * that ends after the last target of its address was removed is not observed: it would bring the removed series
 * back.
 *
 * <p>Thread-safe. Its lock is held for a few observations, once per request.
 */
final class RpcSeries {
  private static final double[] SECONDS =
      {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};
  private static final double[] BYTES =
      {1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 21, 1 << 22};

  private final Histogram operationDuration;
  private final Histogram callDuration;
  private final Histogram requestSize;
  private final Histogram responseSize;
  private final Map<String, Integer> users = new HashMap<>();

  RpcSeries(Collectors collectors) {
    operationDuration = collectors.histogram(MetricFamily.OPERATION_DURATION, SECONDS);
    callDuration = collectors.histogram(MetricFamily.RPC_DURATION, SECONDS);
    requestSize = collectors.histogram(MetricFamily.RPC_REQUEST_SIZE, BYTES);
    responseSize = collectors.histogram(MetricFamily.RPC_RESPONSE_SIZE, BYTES);
  }

  /** A target with this address was opened. */
  synchronized void opened(String address) {
    users.merge(address, 1, Integer::sum);
  }

  /** A target with this address was closed. The series stay. */
  synchronized void closed(String address) {
    users.computeIfPresent(address, (key, targets) -> targets == 1 ? null : targets - 1);
  }

  /** Removes the series of an address without open targets. */
  synchronized void remove(String address) {
    if (!users.containsKey(address)) {
      for (Histogram histogram :
          List.of(operationDuration, callDuration, requestSize, responseSize)) {
        histogram.removeIf(labelValues -> labelValues.get(0).equals(address));
      }
    }
  }

  /** See {@link PluginMetrics#requestEnded}. */
  synchronized void ended(
      String address, String status, long durationNanos, long requestBytes, long responseBytes) {
    if (users.containsKey(address)) {
      double seconds = (double) durationNanos / TimeUnit.SECONDS.toNanos(1);
      operationDuration.labelValues(address, status).observe(seconds);
      callDuration.labelValues(address, status).observe(seconds);
      requestSize.labelValues(address, status).observe(requestBytes);
      responseSize.labelValues(address, status).observe(responseBytes);
    }
  }
}
