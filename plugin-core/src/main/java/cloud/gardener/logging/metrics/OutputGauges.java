package cloud.gardener.logging.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The gauges of the running outputs, read at each scrape. Outputs with equal names share their series. */
final class OutputGauges {
  private final Collection<TargetMetrics> openTargets;
  private final Collection<OutputState> outputs;

  OutputGauges(Collection<TargetMetrics> openTargets, Collection<OutputState> outputs) {
    this.openTargets = openTargets;
    this.outputs = outputs;
  }

  void register(Collectors collectors) {
    collectors.gauge(MetricFamily.ALL_BYTES, this::bytes);
    collectors.gauge(MetricFamily.ALL_MAX_BYTES, this::maxBytes);
    collectors.gauge(MetricFamily.WATCH_CONNECTED, this::watches);
  }

  private void bytes(GaugeWithCallback.Callback gauge) {
    Map<String, Long> sums = new TreeMap<>();
    for (TargetMetrics target : openTargets) {
      sums.merge(target.labels().output(), target.queue().bytes(), Long::sum);
    }
    sums.forEach((name, bytes) -> gauge.call(bytes, name));
  }

  private void maxBytes(GaugeWithCallback.Callback gauge) {
    Map<String, Long> limits = new TreeMap<>();
    outputs.forEach(output -> limits.merge(output.name(), output.maxBytes(), Math::max));
    limits.forEach((name, bytes) -> gauge.call(bytes, name));
  }

  private void watches(GaugeWithCallback.Callback gauge) {
    Map<String, Integer> connected = new TreeMap<>();
    for (OutputState output : outputs) {
      if (output.watch() != OutputState.Watch.NONE) {
        connected.merge(output.name(), output.watch() == OutputState.Watch.CONNECTED ? 1 : 0, Math::min);
      }
    }
    connected.forEach((name, value) -> gauge.call(value, name));
  }
}
