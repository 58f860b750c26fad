package cloud.gardener.logging.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Collection;

/**
 * The counters and histograms of all targets. Targets with equal labels share their series, which then contain the
 * sum: two outputs with the same endpoint have one series per metric. Thread-safe.
 */
public final class TargetSeries {
  private static final double[] SECONDS =
      {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};

  final Counter incoming;
  final Counter output;
  final Counter exported;
  final Counter dropped;
  final Counter throttled;
  final Counter recovered;
  final Counter left;
  final Counter enqueued;
  final Counter dequeued;
  final Counter queueDropped;
  final Histogram exportDuration;
  final Counter exportErrors;
  final Counter created;
  final Counter sdkExported;

  TargetSeries(Collectors collectors) {
    incoming = collectors.counter(MetricFamily.INCOMING);
    output = collectors.counter(MetricFamily.OUTPUT);
    exported = collectors.counter(MetricFamily.EXPORTED);
    dropped = collectors.counter(MetricFamily.DROPPED);
    throttled = collectors.counter(MetricFamily.THROTTLED);
    recovered = collectors.counter(MetricFamily.RECOVERED);
    left = collectors.counter(MetricFamily.LEFT);
    enqueued = collectors.counter(MetricFamily.ENQUEUED);
    dequeued = collectors.counter(MetricFamily.DEQUEUED);
    queueDropped = collectors.counter(MetricFamily.QUEUE_DROPPED);
    exportDuration = collectors.histogram(MetricFamily.EXPORT_DURATION, SECONDS);
    exportErrors = collectors.counter(MetricFamily.EXPORT_ERRORS);
    created = collectors.counter(MetricFamily.LOG_CREATED);
    sdkExported = collectors.counter(MetricFamily.LOG_EXPORTED);
  }

  /** Removes the series that no other target shares. */
  void remove(TargetLabels labels, Collection<TargetLabels> others) {
    if (others.stream().noneMatch(other -> other.source().equals(labels.source()))) {
      incoming.remove(labels.source());
    }
    if (others.stream().noneMatch(other -> other.endpoint().equals(labels.endpoint()))) {
      removeEndpoint(labels.endpoint());
    }
    if (others.stream().noneMatch(o -> o.serverAddress().equals(labels.serverAddress()))) {
      sdkExported.remove(labels.serverAddress());
    }
  }

  private void removeEndpoint(String endpoint) {
    output.remove(endpoint);
    exported.remove(endpoint);
    throttled.remove(endpoint);
    recovered.remove(endpoint);
    left.remove(endpoint);
    enqueued.remove(endpoint);
    dequeued.remove(endpoint);
    queueDropped.remove(endpoint);
    exportDuration.remove(endpoint);
    for (DropReason reason : DropReason.values()) {
      dropped.remove(endpoint, reason.label());
    }
    for (ExportError error : ExportError.values()) {
      exportErrors.remove(endpoint, error.label());
    }
  }
}
