package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backend is away, and comes back. */
class OutageTest {
  private static final String BUFFERED = "fluentbit_gardener_buffered_logs";

  @TempDir Path folder;

  private LogFile logs;
  private Configuration configuration;
  private int port;

  @BeforeEach
  void configure() {
    logs = new LogFile(folder.resolve("pod.log"), 0);
    configuration = new Configuration(logs.path(), folder.resolve("queue"));
    port = Configuration.freePort();
    configuration.to(port);
  }

  @Test
  void shouldKeepRecordsOnDiskUntilTheBackendIsThere() throws Exception {
    logs.write(5_000);
    try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
      host.await(
          "all to be queued", () -> Scrape.sum(configuration.metricsPort(), BUFFERED) == 5_000);
      try (SinkProcess sink = SinkProcess.start(port)) {
        host.await("all to arrive", () -> sink.records() >= 5_000);
        assertEquals(new SinkProcess.Tally(5_000, 0, 0), sink.tally(0, 4_999));
      }
    }
  }

  @Test
  void shouldDeliverAfterARestartWhatWasQueuedBefore() throws Exception {
    logs.write(5_000);
    try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
      host.await(
          "all to be queued", () -> Scrape.sum(configuration.metricsPort(), BUFFERED) == 5_000);
      assertEquals(0, host.terminate());
    }
    configuration.input("Path", folder.resolve("nothing.log").toString());
    try (SinkProcess sink = SinkProcess.start(port);
        HostProcess host = HostProcess.start(folder, configuration.toString())) {
      host.await("all to arrive", () -> sink.records() >= 5_000);
      assertEquals(new SinkProcess.Tally(5_000, 0, 0), sink.tally(0, 4_999));
    }
  }

  @Test
  void shouldHaveTheHostKeepWhatTheQueueHasNoRoomFor() throws Exception {
    configuration.output("DQueMaxBytes", "5M").service("scheduler.base", "1");
    configuration.service("scheduler.cap", "2");
    int records = 60_000; // some 12 MB, in chunks of 2 MB
    logs.write(records);
    try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
      host.awaitLine(line -> line.contains("[gardener]") && line.contains("DQueMaxBytes"));
      double bytes = Scrape.sum(configuration.metricsPort(), "fluentbit_gardener_dque_bytes");
      assertTrue(bytes > 1 << 20 && bytes <= 5 << 20, bytes + " bytes");
      try (SinkProcess sink = SinkProcess.start(port)) {
        host.await("all to arrive", () -> sink.records() >= records);
        SinkProcess.Tally tally = sink.tally(0, records - 1);
        assertEquals(0, tally.lost());
        assertEquals(0, tally.doubled());
        assertEquals(
            records,
            Scrape.sum(configuration.metricsPort(), "fluentbit_gardener_incoming_logs_total"));
      }
    }
  }
}
