package cloud.gardener.logging.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The gauges of the open targets, read at each scrape. The values of targets with equal labels are summed. */
final class TargetGauges {
  private final Collection<TargetMetrics> openTargets;

  TargetGauges(Collection<TargetMetrics> openTargets) {
    this.openTargets = openTargets;
  }

  void register(Collectors collectors) {
    collectors.gauge(MetricFamily.CLIENTS, this::clients);
    collectors.gauge(MetricFamily.BUFFERED, sum(TargetLabels::endpoint, t -> t.queue().records()));
    collectors.gauge(MetricFamily.DQUE_SIZE, sum(TargetLabels::queueName, t -> t.queue().records()));
    collectors.gauge(
        MetricFamily.DQUE_ENTRIES, sum(TargetLabels::queueName, t -> t.queue().entries()));
    collectors.gauge(MetricFamily.DQUE_BYTES, sum(TargetLabels::queueName, t -> t.queue().bytes()));
    collectors.gauge(
        MetricFamily.DQUE_MAX_BYTES, sum(TargetLabels::queueName, t -> t.queue().maxBytes()));
    collectors.gauge(MetricFamily.OLDEST_AGE, this::ages);
    collectors.gauge(MetricFamily.QUEUE_SIZE, sum(TargetLabels::endpoint, t -> t.queue().records()));
    collectors.gauge(
        MetricFamily.LOG_INFLIGHT, sum(TargetLabels::serverAddress, TargetMetrics::inFlight));
  }

  /** Both types always have a series: an absent series looks like a failed scrape. */
  private void clients(GaugeWithCallback.Callback gauge) {
    for (TargetLabels.Type type : TargetLabels.Type.values()) {
      gauge.call(openTargets.stream().filter(t -> t.labels().type() == type).count(), type.name());
    }
  }

  private void ages(GaugeWithCallback.Callback gauge) {
    long nowMs = System.currentTimeMillis();
    Map<String, Double> ages = new TreeMap<>();
    for (TargetMetrics target : openTargets) {
      long oldestMs = target.queue().oldestMs();
      double seconds = oldestMs == 0 ? 0 : Math.max(0, nowMs - oldestMs) / 1000.0;
      ages.merge(target.labels().queueName(), seconds, Math::max);
    }
    ages.forEach((name, seconds) -> gauge.call(seconds, name));
  }

  private Consumer<GaugeWithCallback.Callback> sum(
      Function<TargetLabels, String> label, ToLongFunction<TargetMetrics> value) {
    return gauge -> {
      Map<String, Long> sums = new TreeMap<>();
      for (TargetMetrics target : openTargets) {
        sums.merge(label.apply(target.labels()), value.applyAsLong(target), Long::sum);
      }
      sums.forEach((labelValue, sum) -> gauge.call(sum, labelValue));
    };
  }
}
