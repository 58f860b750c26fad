package cloud.gardener.logging.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/**
 * OpenTelemetry's own Collector, a backend that is not ours: {@code otelcol} from PATH, else its image where
 * a Docker engine answers. Its debug exporter prints each record that it has taken.
 */
final class Collector implements AutoCloseable {
  private static final String IMAGE = "otel/opentelemetry-collector:0.140.0";
  private static final Path PROGRAM = Distribution.onPath("otelcol");
  private static final int GRPC = 4317;
  private static final int HTTP = 4318;

  private final int grpcPort;
  private final int httpPort;
  private final Supplier<String> output;
  private final Runnable stop;

  private Collector(int grpcPort, int httpPort, Supplier<String> output, Runnable stop) {
    this.grpcPort = grpcPort;
    this.httpPort = httpPort;
    this.output = output;
    this.stop = stop;
  }

  /** Whether this machine has the program, or a Docker engine. */
  static boolean isThere() {
    return PROGRAM != null || DockerClientFactory.instance().isDockerAvailable();
  }

  /** Starts one; {@code folder} is where its files go. */
  static Collector start(Path folder) throws IOException {
    return PROGRAM != null ? startProgram(folder) : startContainer();
  }

  private static Collector startProgram(Path folder) throws IOException {
    int grpc = Configuration.freePort();
    int http = Configuration.freePort();
    Path log = folder.resolve("collector.log");
    Path file =
        Files.writeString(
            folder.resolve("collector.yaml"),
            configuration("127.0.0.1:" + grpc, "127.0.0.1:" + http));
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "--config", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new Collector(grpc, http, () -> read(log), () -> end(process));
  }

  private static Collector startContainer() {
    GenericContainer<?> container =
        new GenericContainer<>(IMAGE)
            .withCopyToContainer(
                Transferable.of(configuration("0.0.0.0:" + GRPC, "0.0.0.0:" + HTTP)),
                "/etc/otelcol/config.yaml")
            .withExposedPorts(GRPC, HTTP)
            .waitingFor(Wait.forLogMessage(".*Everything is ready.*", 1));
    container.start();
    return new Collector(
        container.getMappedPort(GRPC),
        container.getMappedPort(HTTP),
        container::getLogs,
        container::stop);
  }

  private static String configuration(String grpc, String http) {
    return """
        receivers:
          otlp:
            protocols:
              grpc:
                endpoint: %s
              http:
                endpoint: %s
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
        .formatted(grpc, http);
  }

  int grpcPort() {
    return grpcPort;
  }

  int httpPort() {
    return httpPort;
  }

  /** What it has printed so far. */
  String output() {
    return output.get();
  }

  @Override
  public void close() {
    stop.run();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
