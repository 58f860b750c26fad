package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.metrics.TargetMetrics;
import cloud.gardener.logging.sink.OtlpSink;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that alone is larger than a request may be, among others. */
class OversizedRecordTest {
  private static final int RECORDS = 10;
  private static final int OVERSIZED = 4;

  @TempDir Path folder;

  @Test
  void shouldDropItAloneAndCountIt() throws Exception {
    MsgPack chunk = new MsgPack();
    for (int i = 0; i < RECORDS; i++) {
      String text = i == OVERSIZED ? "x".repeat(5_000_000) : Integer.toString(i);
      chunk.event(1_700_000_000, i, Map.of(), Map.of("log", text));
    }
    List<String> others =
        IntStream.range(0, RECORDS).filter(i -> i != OVERSIZED).mapToObj(Integer::toString).toList();

    try (OtlpSink sink = OtlpSink.startCapturing()) {
      PluginConfig config = config(sink);
      ProcessServices services = ProcessServices.acquire(config);
      try (Output output = Output.open(config)) {
        assertEquals(FlushResult.OK, output.flush(chunk.chunk(), "kubernetes.pod"));
        assertTrue(sink.awaitRecords(others.size(), Duration.ofSeconds(10)));
        assertEquals(others, bodies(sink));
        TargetMetrics metrics = services.metrics().targets().get(0);
        assertEquals(RECORDS, metrics.balance().incoming());
        assertEquals(1, metrics.balance().dropped());
      } finally {
        services.release();
      }
    }
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
    return PluginConfig.parse(section::get);
  }

  private static List<String> bodies(OtlpSink sink) {
    return sink.captured().stream()
        .flatMap(request -> request.getResourceLogsList().stream())
        .flatMap(resource -> resource.getScopeLogsList().stream())
        .flatMap(scope -> scope.getLogRecordsList().stream())
        .map(LogRecord::getBody)
        .map(body -> body.getStringValue())
        .toList();
  }
}
