package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backend is away, and comes back. */
@Tag("faults")
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
  void shouldFollowANameToItsNewAddress() throws Exception {
    Path names = Files.writeString(folder.resolve("hosts"), "127.0.0.1 backend.test\n");
    configuration.output("Endpoint", "backend.test:" + port);
    // The JVM keeps an address for 30 seconds; here it need not take so long.
    String options = "-Djdk.net.hosts.file=" + names + " -Dsun.net.inetaddr.ttl=1";
    logs.write(1_000);
    try (HostProcess host =
        HostProcess.start(
            folder, configuration.toString(), Map.of("GARDENER_PLUGIN_JAVA_OPTS", options))) {
      try (SinkProcess sink = SinkProcess.start(port)) {
        host.await("the first records", () -> sink.records() >= 1_000);
      }
      Files.writeString(names, "127.0.0.2 backend.test\n");
      try (SinkProcess moved = SinkProcess.start("127.0.0.2", port)) {
        logs.write(1_000);
        host.await("the others", () -> moved.records() >= 1_000);
        assertEquals(new SinkProcess.Tally(1_000, 0, 0), moved.tally(1_000, 1_999));
      }
    }
  }
}
