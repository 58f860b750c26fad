package cloud.gardener.logging.metrics;

import io.prometheus.metrics.core.metrics.Histogram;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The histograms of all requests. The duration of calls has series for each server address, which targets with the same
 * address share. All else has series for each address of a seed's backend, and one for all shoots together: a node has
 * one seed and hundreds of shoots, and a histogram has many series.
 *
 * <p>A request that ends after the last target of its address was removed is not observed: it would bring the removed
 * series back.
 *
 * <p>Thread-safe. Its lock is held for a few observations, once per request.
 */
final class RpcSeries {
  static final String SHOOTS = "shoots";

  private static final double[] SECONDS = {0.05, 0.25, 1, 5, 15, 60};
  private static final double[] BYTES = {1 << 10, 1 << 14, 1 << 18, 1 << 20, 1 << 22};

  private final Histogram operationDuration;
  private final Histogram callDuration;
  private final Histogram requestSize;
  private final Histogram responseSize;
  private final Map<String, Users> users = new HashMap<>();

  /** The open targets of an address. */
  private static final class Users {
    private int seeds;
    private int shoots;

    void add(TargetLabels labels, int more) {
      if (labels.type() == TargetLabels.Type.SEED) {
        seeds += more;
      } else {
        shoots += more;
      }
    }

    boolean isEmpty() {
      return seeds + shoots == 0;
    }
  }

  RpcSeries(Collectors collectors) {
    operationDuration = collectors.histogram(MetricFamily.OPERATION_DURATION, SECONDS);
    callDuration = collectors.histogram(MetricFamily.RPC_DURATION, SECONDS);
    requestSize = collectors.histogram(MetricFamily.RPC_REQUEST_SIZE, BYTES);
    responseSize = collectors.histogram(MetricFamily.RPC_RESPONSE_SIZE, BYTES);
  }

  /** A target was opened. */
  synchronized void opened(TargetLabels labels) {
    users.computeIfAbsent(labels.serverAddress(), address -> new Users()).add(labels, 1);
  }

  /** A target was closed. The series stay. */
  synchronized void closed(TargetLabels labels) {
    Users remaining = users.get(labels.serverAddress());
    if (remaining != null) {
      remaining.add(labels, -1);
      if (remaining.isEmpty()) {
        users.remove(labels.serverAddress());
      }
    }
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
      String address,
      String method,
      String status,
      long durationNanos,
      long requestBytes,
      long responseBytes) {
    Users usersOfAddress = users.get(address);
    if (usersOfAddress == null) {
      return;
    }
    String server = usersOfAddress.seeds > 0 ? address : SHOOTS;
    double seconds = (double) durationNanos / TimeUnit.SECONDS.toNanos(1);
    callDuration.labelValues(address, method, status).observe(seconds);
    operationDuration.labelValues(server, status).observe(seconds);
    requestSize.labelValues(server, method, status).observe(requestBytes);
    responseSize.labelValues(server, method, status).observe(responseBytes);
  }
}
