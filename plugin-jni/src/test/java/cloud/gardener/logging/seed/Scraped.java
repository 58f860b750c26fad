package cloud.gardener.logging.seed;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What Prometheus, with what Gardener keeps, knows of a plugin at the end. */
final class Scraped {
  private static final long PATIENCE_S = 30;

  private static final String PREFIX = "fluentbit_gardener_";

  private Scraped() {}

  static String summary(Prometheus prometheus) throws IOException, InterruptedException {
    awaitScrape(prometheus);
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

  /** Waits for a scrape that begins now or later. */
  private static void awaitScrape(Prometheus prometheus) throws IOException, InterruptedException {
    double nowSeconds = System.currentTimeMillis() / 1e3;
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    while (prometheus.value("timestamp(" + PREFIX + "clients_total)").orElse(0) < nowSeconds) {
      if (deadlineNs - System.nanoTime() < 0) {
        throw new IOException("Prometheus does not scrape the plugin");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static double sum(Prometheus prometheus, String metric) throws IOException, InterruptedException {
    return prometheus.value("sum(" + PREFIX + metric + ")").orElse(0);
  }
}
