package cloud.gardener.logging.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What alerts about full queues, old records and the watch need. */
class OutputGaugesTest {
  private final PluginMetrics metrics = new PluginMetrics("1.2.3");

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void shouldReportTheBytesAndTheLimitOfAnOutputsQueues() throws IOException {
    metrics.outputStarted(new NamedOutput("dynamic", OutputState.Watch.NONE));
    metrics.openTarget(Labels.seed("backend:4317")).queue(new AgedQueue(600, 1000, 0));
    metrics.openTarget(Labels.shoot("shoot--a--b", "shoot:4317")).queue(new AgedQueue(30, 1000, 0));

    PrometheusText scrape = PrometheusText.scrape(metrics);

    assertEquals(1000, scrape.value("fluentbit_gardener_dque_max_bytes{name=\"dynamic/seed\"}"));
    assertEquals(630, scrape.value("fluentbit_gardener_output_dque_bytes{name=\"dynamic\"}"));
    assertEquals(8000, scrape.value("fluentbit_gardener_output_dque_max_bytes{name=\"dynamic\"}"));
  }

  @Test
  void shouldReportTheAgeOfTheOldestRecord() throws IOException {
    metrics.openTarget(Labels.seed("backend:4317")).queue(new AgedQueue(1, 9, System.currentTimeMillis() - 60_000));
    metrics.openTarget(Labels.shoot("shoot--a--b", "shoot:4317")).queue(new AgedQueue(0, 9, 0));

    PrometheusText scrape = PrometheusText.scrape(metrics);

    double age = scrape.value("fluentbit_gardener_dque_oldest_age_seconds{name=\"dynamic/seed\"}");
    assertTrue(age >= 60 && age < 120, age + " s");
    assertEquals(0, scrape.value("fluentbit_gardener_dque_oldest_age_seconds{name=\"dynamic/shoot--a--b\"}"));
  }

  @Test
  void shouldReportWhetherTheWatchIsConnected() throws IOException {
    metrics.outputStarted(new NamedOutput("up", OutputState.Watch.CONNECTED));
    metrics.outputStarted(new NamedOutput("behind", OutputState.Watch.DISCONNECTED));
    metrics.outputStarted(new NamedOutput("new", OutputState.Watch.STARTING));
    metrics.outputStarted(new NamedOutput("without", OutputState.Watch.NONE));
    OutputState stopped = new NamedOutput("stopped", OutputState.Watch.CONNECTED);
    metrics.outputStarted(stopped);
    metrics.outputStopped(stopped);

    PrometheusText scrape = PrometheusText.scrape(metrics);

    assertEquals(1, scrape.value("fluentbit_gardener_watch_connected{name=\"up\"}"));
    assertEquals(0, scrape.value("fluentbit_gardener_watch_connected{name=\"behind\"}"));
    assertEquals(0, scrape.value("fluentbit_gardener_watch_connected{name=\"new\"}"));
    assertFalse(scrape.hasSeries("fluentbit_gardener_watch_connected{name=\"without\"}"));
    assertFalse(scrape.hasSeries("fluentbit_gardener_watch_connected{name=\"stopped\"}"));
  }

  @Test
  void shouldNameThePluginAndTheJvm() throws IOException {
    PrometheusText scrape = PrometheusText.scrape(metrics);

    assertEquals(1, scrape.value("fluentbit_gardener_build_info{version=\"1.2.3\"}"));
    assertTrue(scrape.types().containsKey("jvm_info"));
  }

  private record AgedQueue(long bytes, long maxBytes, long oldestMs) implements QueueGauges {
    @Override
    public long records() {
      return 1;
    }

    @Override
    public long entries() {
      return 1;
    }
  }
}
