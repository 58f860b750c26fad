package cloud.gardener.logging.seed;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What Prometheus, with what Gardener keeps, knows of a plugin at the end. */
final class Scraped {
  /** Long enough for a scrape that began after the last record had arrived. */
  private static final long SCRAPES_S = 3;

  private Scraped() {}

  static String summary(Prometheus prometheus) throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(SCRAPES_S);
    Set<String> names = prometheus.pluginMetrics();
    List<String> missing =
        Prometheus.PLUGIN_METRICS.stream()
            .filter(kept -> names.stream().noneMatch(name -> name.matches(kept)))
            .toList();
    String format =
        "Prometheus: in %.0f = exported %.0f + buffered %.0f + dropped %.0f, errors %.0f;"
            + " of the %d metrics that Gardener keeps %s";
    return format.formatted(
            sum(prometheus, "incoming_logs_total"),
            sum(prometheus, "exported_client_logs_total"),
            sum(prometheus, "buffered_logs"),
            sum(prometheus, "dropped_logs_total"),
            sum(prometheus, "errors_total"),
            Prometheus.PLUGIN_METRICS.size(),
            missing.isEmpty() ? "none is without a series" : "these are without a series: " + missing);
  }

  private static double sum(Prometheus prometheus, String metric) throws IOException, InterruptedException {
    return prometheus.value("sum(fluentbit_gardener_" + metric + ")").orElse(0);
  }
}
