package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.e2e.Configuration;
import cloud.gardener.logging.e2e.Distribution.HostKind;
import cloud.gardener.logging.e2e.Distribution;
import cloud.gardener.logging.e2e.HostProcess;
import cloud.gardener.logging.e2e.Load;
import cloud.gardener.logging.e2e.LogFile;
import cloud.gardener.logging.e2e.Scrape;
import cloud.gardener.logging.sink.PathSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A Collector that takes requests up to a limit, and records below, at and above it. Behind it is a backend
 * that takes each size; VictoriaLogs leaves out what has more than 2 MiB.
 */
@Tag("real")
class CollectorLimitTest {
  private static final int MIB = 1 << 20;

  /** Of one record each, between which stand small ones. */
  private static final int[] SIZES = {
    MIB / 2, MIB - 1_000, MIB + 1_000, 2 * MIB, 4 * MIB - 20_000, 4 * MIB - 300, 4 * MIB, 5 * MIB
  };

  private static final int ABOVE_ONE_MIB = 6;
  private static final int SMALL = 500;
  private static final int RECORDS = SIZES.length + (SIZES.length + 1) * SMALL;
  private static final String NAMESPACE = "fluentbit_gardener_";

  @TempDir Path folder;

  @BeforeAll
  static void needPrograms() throws Exception {
    OtelCollector.assume("CollectorLimitTest", "otlp_http");
  }

  /** 4 MiB is what a Collector takes over gRPC by default: nothing is refused. */
  @ParameterizedTest
  @CsvSource({
    "otlp_grpc, none", "otlp_grpc, gzip", "otlp_grpc, zstd", "otlp_http, none", "otlp_http, zstd"
  })
  void shouldStayBelowFourMib(String type, String compression) throws Exception {
    assertEquals(new Books(0, 0, 0), send(type, compression, 4, 0));
  }

  /** What is larger alone is given up and counted; nothing else is. */
  @ParameterizedTest
  @CsvSource({"otlp_grpc, none", "otlp_grpc, zstd", "otlp_http, none", "otlp_http, gzip"})
  void shouldGiveUpOnlyWhatIsLargerThanTheLimitAlone(String type, String compression)
      throws Exception {
    // The bundled host cuts lines at 512 KiB.
    int tooLarge = Distribution.hostKind() == HostKind.FLUENT_BIT ? ABOVE_ONE_MIB : 0;
    Books books = send(type, compression, 1, tooLarge);
    assertEquals(tooLarge, books.missing, books.toString());
    assertEquals(tooLarge, books.dropped, books.toString());
    assertTrue(books.refused > 0, books.toString());
  }

  /**
   * What became of the records.
   *
   * @param refused requests, for their size
   */
  private record Books(long missing, long dropped, long refused) {}

  private Books send(String type, String compression, int limitMib, int tooLarge)
      throws Exception {
    Path log = folder.resolve("pod.log");
    write(log);
    LogFile more = new LogFile(log, RECORDS);
    try (PathSink sink = PathSink.startCounting();
        OtelCollector collector =
            OtelCollector.start(
                folder,
                new CollectorSettings()
                    .receiveLimit(limitMib)
                    .forward(sink.prefix() + "all/v1/logs", Map.of())
                    .set("exporters::otlp_http::compression", "none"))) {
      Configuration configuration =
          new Configuration(log, folder.resolve("queue"))
              .to(collector.port(type))
              .input("Buffer_Chunk_Size", "1M")
              .input("Buffer_Max_Size", "8M")
              .output("SeedType", type)
              .output("Compression", compression);
      int port = configuration.metricsPort();
      try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
        // A record is given up when the backend takes others and refuses it again: so others have to come.
        Load load = Load.start(more, 50);
        try {
          host.await("an account", () -> Scrape.sum(port, NAMESPACE + "dropped_logs_total") >= tooLarge);
          host.await("the rest", () -> sink.tally("all").summary(0, RECORDS - 1).distinct() >= RECORDS - tooLarge);
        } finally {
          load.stop();
        }
        host.await("all", () -> sink.tally("all").summary().distinct() == more.next() - tooLarge);
        host.await("an empty queue", () -> Scrape.sum(port, NAMESPACE + "buffered_logs") == 0);
        Books books =
            new Books(
                more.next() - sink.tally("all").summary().distinct(),
                (long) Scrape.sum(port, NAMESPACE + "dropped_logs_total"),
                (long) Scrape.sum(port, "dque_export_errors_total", "too_large"));
        System.out.printf(
            "backends | limit of %d MiB, records up to 5 MiB, %s, %s | sent %d | arrived %d | given up and"
                + " counted %d | doubled %d | refused requests %d%n",
            limitMib, type, compression, more.next(), more.next() - books.missing, books.dropped,
            sink.tally("all").summary().doubled(), books.refused);
        assertEquals(0, sink.tally("all").summary().doubled());
        return books;
      }
    }
  }

  /** Of letters that no compression makes small. */
  private static void write(Path log) throws Exception {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    int number = 0;
    for (int size : SIZES) {
      number = small(text, number);
      text.append("seq=").append(number++).append(' ');
      random.ints(size, 'A', 'Z' + 1).forEach(letter -> text.append((char) letter));
      text.append('\n');
    }
    small(text, number);
    Files.writeString(log, text);
  }

  private static int small(StringBuilder text, int first) {
    for (int number = first; number < first + SMALL; number++) {
      text.append("seq=").append(number).append(" small\n");
    }
    return first + SMALL;
  }
}
