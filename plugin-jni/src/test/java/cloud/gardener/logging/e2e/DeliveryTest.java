package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a log file through Fluent Bit (or the bundled host) and the built plugin to a backend. */
class DeliveryTest {
  private static final int RECORDS = 20_000;

  @TempDir Path folder;

  private LogFile logs;
  private Configuration configuration;

  @BeforeAll
  static void sayWhichHostRuns() {
    System.out.println("end-to-end host: " + Distribution.hostKind() + " " + Distribution.host());
  }

  @BeforeEach
  void configure() {
    logs = new LogFile(folder.resolve("pod.log"), 0);
    configuration = new Configuration(logs.path(), folder.resolve("queue"));
  }

  @Test
  void shouldDeliverEveryRecordOnceAndAccountForIt() throws Exception {
    logs.write(RECORDS);
    try (SinkProcess sink = SinkProcess.start();
        HostProcess host = HostProcess.start(folder, configuration.to(sink.port()).toString())) {
      host.await("all records", () -> sink.records() >= RECORDS);
      int port = configuration.metricsPort();
      host.await(
          "an empty queue", () -> Scrape.sum(port, "fluentbit_gardener_buffered_logs") == 0);
      assertEquals(new SinkProcess.Tally(RECORDS, 0, 0), sink.tally(0, RECORDS - 1));
      assertEquals(0, sink.outOfOrder(0, RECORDS - 1));
      assertEquals(RECORDS, Scrape.sum(port, "fluentbit_gardener_incoming_logs_total"));
      assertEquals(RECORDS, Scrape.sum(port, "fluentbit_gardener_exported_client_logs_total"));
      assertEquals(0, Scrape.sum(port, "fluentbit_gardener_dropped_logs_total"));
      assertTrue(Scrape.text(port, "/healthz").startsWith("ok"));
      assertEquals(0, host.terminate());
    }
  }

  @Test
  void shouldKeepTheOrderWithOneRequestAtATime() throws Exception {
    logs.write(RECORDS);
    configuration.output("DQueBatchProcessorExportBufferSize", "1");
    try (SinkProcess sink = SinkProcess.start();
        HostProcess host = HostProcess.start(folder, configuration.to(sink.port()).toString())) {
      host.await("all records", () -> sink.records() >= RECORDS);
      assertEquals(0, sink.outOfOrder(0, RECORDS - 1));
    }
  }

  @Test
  void shouldDeliverFromMemoryInTheModeOfTheSdk() throws Exception {
    logs.write(5_000);
    configuration.output("UseSDKBatchProcessor", "true").output("SDKBatchMaxQueueSize", "50000");
    int port = configuration.metricsPort();
    try (SinkProcess sink = SinkProcess.start();
        HostProcess host = HostProcess.start(folder, configuration.to(sink.port()).toString())) {
      host.await("all records", () -> sink.records() >= 5_000);
      assertEquals(new SinkProcess.Tally(5_000, 0, 0), sink.tally(0, 4_999));
      host.await(
          "the count",
          () -> Scrape.sum(port, "fluentbit_gardener_exported_client_logs_total") == 5_000);
      assertEquals(5_000, Scrape.sum(port, "otel_sdk_exporter_log_exported_total"));
      assertTrue(Files.notExists(folder.resolve("queue")), "a queue on disk");
    }
  }

  @Test
  void shouldKeepTwoOutputsApart() throws Exception {
    logs.write(1_000);
    try (SinkProcess one = SinkProcess.start();
        SinkProcess two = SinkProcess.start()) {
      configuration.to(one.port());
      configuration.secondOutput("DQueName", "second", "Endpoint", "127.0.0.1:" + two.port());
      try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
        host.await("all", () -> one.records() >= 1_000 && two.records() >= 1_000);
        assertEquals(new SinkProcess.Tally(1_000, 0, 0), one.tally(0, 999));
        assertEquals(new SinkProcess.Tally(1_000, 0, 0), two.tally(0, 999));
      }
    }
  }

  @Test
  void shouldNotStartTwoOutputsThatShareAQueue() throws Exception {
    logs.write(1);
    configuration.to(Configuration.freePort()).secondOutput();
    try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
      host.awaitLine(line -> line.contains("[gardener]") && line.contains("DQueName"));
      assertTrue(host.awaitExit() != 0);
    }
  }

  @Test
  void shouldWriteOneLineOfOtlpJsonForARecord() throws Exception {
    logs.write(2);
    configuration.output("SeedType", "stdout").output("Origin", "seed").output("HostnameValue", "n1");
    try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
      String line = host.awaitLine(text -> text.contains("seq=1 "));
      JsonNode resource = new JsonMapper().readTree(line).path("resourceLogs").path(0);
      JsonNode record = resource.path("scopeLogs").path(0).path("logRecords").path(0);
      assertTrue(record.path("body").path("stringValue").asString().startsWith("seq=1 "));
      assertTrue(record.path("attributes").toString().contains("\"seed\""));
      assertTrue(resource.path("resource").toString().contains("\"n1\""));
    }
  }
}
