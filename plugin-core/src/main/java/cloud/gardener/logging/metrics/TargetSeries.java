package cloud.gardener.logging.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.StatefulMetric;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

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
  final Counter muted;
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

  private final Collectors collectors;

  /** What of a target's labels the first label of a metric is. */
  private final Map<StatefulMetric<?, ?>, Function<TargetLabels, String>> firstLabels =
      new LinkedHashMap<>();

  TargetSeries(Collectors collectors) {
    this.collectors = collectors;
    incoming = counter(MetricFamily.INCOMING, TargetLabels::source);
    output = counter(MetricFamily.OUTPUT, TargetLabels::endpoint);
    exported = counter(MetricFamily.EXPORTED, TargetLabels::endpoint);
    dropped = counter(MetricFamily.DROPPED, TargetLabels::source);
    muted = counter(MetricFamily.MUTED, TargetLabels::source);
    throttled = counter(MetricFamily.THROTTLED, TargetLabels::endpoint);
    recovered = counter(MetricFamily.RECOVERED, TargetLabels::endpoint);
    left = counter(MetricFamily.LEFT, TargetLabels::endpoint);
    enqueued = counter(MetricFamily.ENQUEUED, TargetLabels::endpoint);
    dequeued = counter(MetricFamily.DEQUEUED, TargetLabels::endpoint);
    queueDropped = counter(MetricFamily.QUEUE_DROPPED, TargetLabels::endpoint);
    exportDuration = collectors.histogram(MetricFamily.EXPORT_DURATION, SECONDS);
    exportErrors = counter(MetricFamily.EXPORT_ERRORS, TargetLabels::endpoint);
    created = collectors.counter(MetricFamily.LOG_CREATED);
    sdkExported = counter(MetricFamily.LOG_EXPORTED, TargetLabels::serverAddress);
  }

  private Counter counter(MetricFamily family, Function<TargetLabels, String> firstLabel) {
    Counter counter = collectors.counter(family);
    firstLabels.put(counter, firstLabel);
    return counter;
  }

  /** Removes the series that no other target shares. */
  void remove(TargetLabels labels, Collection<TargetLabels> others) {
    firstLabels.forEach(
        (metric, owner) -> {
          String value = owner.apply(labels);
          if (others.stream().noneMatch(other -> owner.apply(other).equals(value))) {
            metric.removeIf(labelValues -> labelValues.get(0).equals(value));
          }
        });
  }
}
