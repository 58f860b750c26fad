package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/** The Collector as its image brings it, where a Docker engine answers. */
@Tag("real")
class CollectorImageTest {
  private static final String IMAGE = "otel/opentelemetry-collector:0.161.0";
  private static final int GRPC = 4317;
  private static final int HTTP = 4318;
  private static final int RECORDS = 2_000;
  private static final Pattern BODY = Pattern.compile("Body: Str\\(seq=(\\d+) ");

  private static final String SETTINGS =
      """
      receivers:
        otlp:
          protocols:
            grpc:
              endpoint: 0.0.0.0:%d
            http:
              endpoint: 0.0.0.0:%d
      exporters:
        debug:
          verbosity: detailed
      service:
        telemetry:
          metrics:
            level: none
        pipelines:
          logs:
            receivers: [otlp]
            exporters: [debug]
      """
          .formatted(GRPC, HTTP);

  @TempDir Path folder;

  @BeforeAll
  static void needADockerEngine() {
    boolean answers = DockerClientFactory.instance().isDockerAvailable();
    if (!answers) {
      System.out.println("CollectorImageTest did not run: no Docker engine answers");
    }
    assumeTrue(answers);
  }

  @ParameterizedTest
  @CsvSource({"otlp_grpc, 4317", "otlp_http, 4318"})
  void shouldReadEachRecordOnce(String type, int port) throws Exception {
    LogFile logs = new LogFile(folder.resolve("pod.log"), 0);
    logs.write(RECORDS);
    try (GenericContainer<?> collector = new GenericContainer<>(IMAGE)) {
      collector
          .withCopyToContainer(Transferable.of(SETTINGS), "/etc/otelcol/config.yaml")
          .withExposedPorts(GRPC, HTTP)
          .waitingFor(Wait.forLogMessage(".*Everything is ready.*", 1))
          .start();
      Configuration configuration =
          new Configuration(logs.path(), folder.resolve("queue"))
              .to(collector.getMappedPort(port))
              .output("SeedType", type);
      try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
        host.await("all records", () -> bodies(collector).size() >= RECORDS);
      }
      assertEquals(LongStream.range(0, RECORDS).boxed().toList(), bodies(collector));
    }
  }

  /** The numbers of the records that it has printed, smallest first. */
  private static List<Long> bodies(GenericContainer<?> collector) {
    return BODY.matcher(collector.getLogs())
        .results()
        .map(found -> Long.valueOf(found.group(1)))
        .sorted()
        .toList();
  }
}
