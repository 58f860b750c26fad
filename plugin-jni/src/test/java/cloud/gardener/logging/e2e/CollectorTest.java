package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.seed.CollectorSettings;
import cloud.gardener.logging.seed.OtelCollector;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real backend reads what the plugin sends, over each transport, in each encoding and compression. */
@Tag("real")
class CollectorTest {
  private static final int RECORDS = 2_000;

  @TempDir Path folder;

  @BeforeAll
  static void needACollector() throws Exception {
    OtelCollector.assume("CollectorTest", "debug");
  }

  @ParameterizedTest
  @CsvSource({
    "otlp_grpc, protobuf, 0",
    "otlp_grpc, protobuf, gzip",
    "otlp_grpc, protobuf, zstd",
    "otlp_http, protobuf, gzip",
    "otlp_http, protobuf, zstd",
    "otlp_http, json, 0"
  })
  void shouldReadEachRecordOnce(String type, String encoding, String compression)
      throws Exception {
    LogFile logs = new LogFile(folder.resolve("pod.log"), 0);
    logs.write(RECORDS);
    try (OtelCollector collector = OtelCollector.start(folder, new CollectorSettings().debug())) {
      boolean grpc = type.equals("otlp_grpc");
      Configuration configuration =
          new Configuration(logs.path(), folder.resolve("queue"))
              .to(collector.port(type))
              .output("SeedType", type)
              .output("Compression", compression);
      if (!grpc) {
        configuration.output("HTTPEncoding", encoding);
      }
      try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
        host.await("all records", () -> collector.printed().size() >= RECORDS);
        int port = configuration.metricsPort();
        host.await(
            "an empty queue", () -> Scrape.sum(port, "fluentbit_gardener_buffered_logs") == 0);
        assertEquals(0, Scrape.sum(port, "fluentbit_gardener_dropped_logs_total"));
      }
      assertEquals(LongStream.range(0, RECORDS).boxed().toList(), collector.printed());
      assertTrue(collector.output().contains("InstrumentationScope"), "no scope");
    }
  }
}
