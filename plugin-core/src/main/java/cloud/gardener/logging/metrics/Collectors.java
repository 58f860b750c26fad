package cloud.gardener.logging.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Consumer;

/**
 * Registers collectors of the Prometheus client for metric families. Micrometer's meters are not used, because
 * conventions change their names (a gauge named {@code _total}, a timer's extra {@code _max}), and because a series
 * must be removable. Exemplars are disabled: they need a tracer, and there is none.
 */
final class Collectors {
  private final PrometheusRegistry registry;

  Collectors(PrometheusRegistry registry) {
    this.registry = registry;
  }

  Counter counter(MetricFamily family) {
    return Counter.builder()
        .name(family.exposedName())
        .help(family.meaning())
        .labelNames(labels(family))
        .withoutExemplars()
        .register(registry);
  }

  Histogram histogram(MetricFamily family, double... upperBounds) {
    return Histogram.builder()
        .name(family.exposedName())
        .help(family.meaning())
        .labelNames(labels(family))
        .classicOnly()
        .classicUpperBounds(upperBounds)
        .withoutExemplars()
        .register(registry);
  }

  /** A gauge whose callback reports the series at each scrape, each at most once. */
  void gauge(MetricFamily family, Consumer<GaugeWithCallback.Callback> series) {
    GaugeWithCallback.builder()
        .name(family.exposedName())
        .help(family.meaning())
        .labelNames(labels(family))
        .callback(series)
        .register(registry);
  }

  /** A counter whose callback reports the series at each scrape, each at most once. */
  void counter(MetricFamily family, Consumer<CounterWithCallback.Callback> series) {
    CounterWithCallback.builder()
        .name(family.exposedName())
        .help(family.meaning())
        .labelNames(labels(family))
        .callback(series)
        .register(registry);
  }

  void info(MetricFamily family, String... labelValues) {
    Info.builder()
        .name(family.exposedName())
        .help(family.meaning())
        .labelNames(labels(family))
        .register(registry)
        .addLabelValues(labelValues);
  }

  private static String[] labels(MetricFamily family) {
    return family.labels().toArray(new String[0]);
  }
}
