package cloud.gardener.logging.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Records of shoots that nobody knows. */
class UnknownHostsTest {
  @Test
  void shouldCountByNamespaceWithinABoundOfSeries() throws IOException {
    try (PluginMetrics metrics = new PluginMetrics("1")) {
      for (int i = 0; i < UnknownHosts.MAX + 5; i++) {
        metrics.unknownShootDropped("dynamic", "shoot--x--" + i, 2);
      }
      metrics.unknownShootDropped("dynamic", "shoot--x--0", 1);

      PrometheusText scrape = PrometheusText.scrape(metrics);

      String dropped = "fluentbit_gardener_dropped_logs_total{host=\"%s\",reason=\"no_client\"}";
      assertEquals(3, scrape.value(dropped.formatted("shoot--x--0")));
      assertEquals(10, scrape.value(dropped.formatted("other")));
      assertEquals(3, scrape.value("fluentbit_gardener_incoming_logs_total{host=\"shoot--x--0\"}"));
      assertEquals(10, scrape.value("fluentbit_gardener_incoming_logs_total{host=\"other\"}"));
      assertEquals(UnknownHosts.MAX + 1, scrape.seriesContaining("fluentbit_gardener_dropped_logs_total{").size());
      assertEquals(
          2 * (UnknownHosts.MAX + 5) + 1,
          scrape.value("fluentbit_gardener_output_dropped_logs_total{name=\"dynamic\",reason=\"no_client\"}"));
      assertEquals(
          2 * (UnknownHosts.MAX + 5) + 1,
          scrape.value("fluentbit_gardener_output_incoming_logs_total{name=\"dynamic\"}"));
    }
  }
}
