package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.SmallJvm;
import cloud.gardener.logging.config.BatchConfig;
import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.keys.ConfigReader;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.intake.FlushResult;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.metrics.TargetMetrics;
import cloud.gardener.logging.sink.OtlpSink;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record that alone is larger than a request may be, among others. */
class OversizedRecordTest {
  private static final int RECORDS = 10;
  private static final int OVERSIZED = 4;

  @TempDir Path folder;

  /** Of the chunk with the second size, only a part of the text is copied to the heap. */
  @ParameterizedTest
  @ValueSource(ints = {5_000_000, 6_000_000})
  void shouldCutItMarkItAndDeliverItInItsPlace(int textBytes) throws Exception {
    MsgPack chunk = new MsgPack();
    for (int i = 0; i < RECORDS; i++) {
      String text = i == OVERSIZED ? "x".repeat(textBytes) : Integer.toString(i);
      chunk.event(1_700_000_000, i, Map.of(), Map.of("log", text));
    }

    try (OtlpSink sink = OtlpSink.startCapturing();
        LogLines log = new LogLines()) {
      PluginConfig config = config(sink);
      ProcessServices services = ProcessServices.acquire(config);
      try (Output output = Output.open(config, Flocks.FREE)) {
        assertEquals(FlushResult.OK, output.flush(chunk.chunk(), "kubernetes.pod"));
        assertTrue(sink.awaitRecords(RECORDS, Duration.ofSeconds(10)));

        List<LogRecord> records = records(sink);
        assertTrue(records.get(0).getObservedTimeUnixNano() > 0);
        for (int i = 0; i < RECORDS; i++) {
          LogRecord record = records.get(i);
          String body = record.getBody().getStringValue();
          assertEquals(records.get(0).getObservedTimeUnixNano(), record.getObservedTimeUnixNano());
          if (i == OVERSIZED) {
            assertTrue(body.length() > BatchConfig.MAX_BYTES - 2_000, body.length() + " characters");
            assertEquals(List.of("log.truncated", "log.original_size_bytes"), keys(record));
            assertEquals(textBytes + 23, record.getAttributes(1).getValue().getIntValue());
          } else {
            assertEquals(Integer.toString(i), body);
            assertEquals(List.of(), keys(record));
          }
        }
        TargetMetrics metrics = services.metrics().targets().get(0);
        assertEquals(RECORDS, metrics.balance().incoming());
        assertEquals(0, metrics.balance().dropped());
        assertEquals(1, truncated(services));
        assertEquals(
            List.of(
                "WARNING dque/seed: records too large for a request, with the tag kubernetes.pod, the"
                    + " largest of " + (textBytes + 23) + " bytes: 1 cut and marked with log.truncated, 0 lost"),
            log.containing("too large"));
      } finally {
        services.release();
      }
    }
  }

  @Test
  void shouldCutARecordThatIsLargerThanTheHeap() throws Exception {
    String output =
        SmallJvm.run(
            List.of("-Xmx40m", "-XX:MaxDirectMemorySize=80m"), LargeRecordMain.class, folder.toString());
    assertTrue(output.contains("OK, 1 buffered, 0 dropped"), output);
  }

  @Test
  void shouldHoldNoLargeChunkAfterItsFlush() throws Exception {
    MsgPack chunk = new MsgPack();
    for (int i = 0; i < 10; i++) {
      chunk.event(1, i, Map.of(), Map.of("log", Map.of("level", "strange", "x", "x".repeat(2_000_000))));
    }
    ByteBuffer large = chunk.chunk();
    chunk = null;
    Map<String, String> section = Map.of("SeedType", "noop", "DQueDir", folder.toString(), "MetricsPort", "0");
    PluginConfig config = ConfigReader.parse(section::get);
    try (Output output = Output.open(config, Flocks.FREE)) {
      long before = usedBytes();
      assertEquals(FlushResult.OK, output.flush(large, "kubernetes.pod"));
      long held = usedBytes() - before;
      assertTrue(held < large.capacity() / 2, held + " bytes held");
    }
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private PluginConfig config(OtlpSink sink) throws Exception {
    Map<String, String> section =
        Map.of(
            "SeedType", "otlp_grpc",
            "Endpoint", sink.address(),
            "Insecure", "true",
            "DQueDir", folder.toString(),
            "DQueBatchProcessorExportInterval", "10ms",
            "MetricsPort", "0");
    return ConfigReader.parse(section::get);
  }

  private static List<LogRecord> records(OtlpSink sink) {
    return sink.captured().stream()
        .flatMap(request -> request.getResourceLogsList().stream())
        .flatMap(resource -> resource.getScopeLogsList().stream())
        .flatMap(scope -> scope.getLogRecordsList().stream())
        .toList();
  }

  private static List<String> keys(LogRecord record) {
    return record.getAttributesList().stream().map(KeyValue::getKey).toList();
  }

  private static long truncated(ProcessServices services) throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    services.metrics().write(page, PluginMetrics.contentType(null));
    String series = "fluentbit_gardener_output_truncated_logs_total{name=\"dque\"} ";
    return page.toString()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(series.length())))
        .sum();
  }
}
