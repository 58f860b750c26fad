package cloud.gardener.logging.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** incoming + recovered = exported + dropped + buffered + left, whatever happens in whatever order. */
class BalanceTest {
  private static final String ENDPOINT = "{host=\"backend:4317\"}";
  private static final String OUTPUT = "{name=\"dynamic\"}";
  private static final int ACTIONS = 500;

  /** A queue as a target uses it: what goes in comes out, and a stop keeps what is there. */
  private static final class Model implements QueueGauges {
    private final PluginMetrics metrics;
    private TargetMetrics target;
    private long records;
    private long incoming;
    private long expired;

    Model(PluginMetrics metrics) {
      this.metrics = metrics;
      open();
    }

    private void open() {
      target = metrics.openTarget(Labels.seed("backend:4317"));
      target.queue(this);
      target.recovered(records);
    }

    void doRandomAction(Random random) {
      int action = random.nextInt(7);
      long some = records == 0 ? 0 : random.nextInt((int) records + 1);
      switch (action) {
        case 0, 1 -> countChunk(random.nextInt(100), random.nextInt(3));
        case 2 -> {
          records -= some;
          target.exported(some);
        }
        case 3 -> {
          records -= some;
          target.dropped(DropReason.EXPORT_ERROR, some);
        }
        case 4 -> target.exportFailed(ExportError.RETRY, "again");
        case 5 -> {
          target.dropped(DropReason.EXPIRED, records);
          expired += records;
          records = 0;
          target.remove();
          assertEquals(0, target.balance().unaccounted());
          open();
        }
        default -> {
          target.close();
          assertEquals(0, target.balance().unaccounted());
          open();
        }
      }
    }

    private void countChunk(long good, long malformed) {
      target.incoming(good + malformed);
      incoming += good + malformed;
      target.output(good);
      target.dropped(DropReason.MALFORMED, malformed / 2);
      target.muted(malformed - malformed / 2);
      records += good;
    }

    @Override
    public long records() {
      return records;
    }

    @Override
    public long entries() {
      return records == 0 ? 0 : 1;
    }

    @Override
    public long bytes() {
      return 100 * records;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void shouldHoldAfterAnySequence(long seed) throws IOException {
    Random random = new Random(seed);
    try (PluginMetrics metrics = new PluginMetrics("1")) {
      Model model = new Model(metrics);
      for (int i = 0; i < ACTIONS; i++) {
        model.doRandomAction(random);
        assertEquals(0, model.target.balance().unaccounted(), "after action " + i);
      }
      PrometheusText scrape = PrometheusText.scrape(metrics);
      double in =
          scrape.value("fluentbit_gardener_incoming_logs_total{host=\"garden\"}")
              + scrape.value("fluentbit_gardener_recovered_logs_total" + ENDPOINT);
      double out =
          scrape.value("fluentbit_gardener_exported_client_logs_total" + ENDPOINT)
              + sum(scrape, "fluentbit_gardener_dropped_logs_total{")
              + sum(scrape, "fluentbit_gardener_muted_logs_total{")
              + scrape.value("fluentbit_gardener_buffered_logs" + ENDPOINT)
              + scrape.value("fluentbit_gardener_left_logs_total" + ENDPOINT);
      assertEquals(in, out, "as scraped, of the target");
      double allIn =
          scrape.value("fluentbit_gardener_output_incoming_logs_total" + OUTPUT)
              + scrape.value("fluentbit_gardener_output_recovered_logs_total" + OUTPUT);
      double allOut =
          scrape.value("fluentbit_gardener_output_exported_logs_total" + OUTPUT)
              + sum(scrape, "fluentbit_gardener_output_dropped_logs_total{")
              + sum(scrape, "fluentbit_gardener_output_muted_logs_total{")
              + scrape.value("fluentbit_gardener_buffered_logs" + ENDPOINT)
              + scrape.value("fluentbit_gardener_output_left_logs_total" + OUTPUT);
      assertEquals(allIn, allOut, "as scraped, of the output since the start");
      assertEquals(model.incoming, scrape.value("fluentbit_gardener_output_incoming_logs_total" + OUTPUT));
      assertEquals(
          model.expired,
          scrape.value(
              "fluentbit_gardener_output_dropped_logs_total{name=\"dynamic\",reason=\"expired\"}"));
    }
  }

  @Test
  void shouldShowLostRecords() {
    assertEquals(3, new Balance(10, 2, 3, 3, 1, 1, 1).unaccounted());
    assertEquals(-1, new Balance(1, 0, 2, 0, 0, 0, 0).unaccounted());
  }

  private static double sum(PrometheusText scrape, String family) {
    Set<String> series = scrape.seriesContaining(family);
    return series.stream().mapToDouble(scrape::value).sum();
  }
}
