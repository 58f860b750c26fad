package cloud.gardener.logging.seed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * OpenTelemetry's own Collector, {@code otelcol} from PATH: a backend that is not ours. It can be stopped,
 * killed and started again on the same ports.
 */
public final class OtelCollector implements AutoCloseable {
  public static final String PROGRAM = "otelcol";

  private static final Pattern BODY = Pattern.compile("Body: Str\\(seq=(\\d+) ");

  private final CollectorSettings settings;
  private final Path file;
  private final Path log;
  private Daemon process;

  private OtelCollector(Path folder, CollectorSettings settings) {
    String name = "collector-" + settings.grpcPort() + "-" + settings.address();
    this.settings = settings;
    this.file = folder.resolve(name + ".yaml");
    this.log = folder.resolve(name + ".log");
  }

  /** Leaves a test out, and says so, where there is no Collector with these components. */
  public static void assume(String test, String... components) throws IOException {
    Programs.assume(test, PROGRAM);
    String known = components();
    for (String component : components) {
      boolean found = known.contains("name: " + component + "\n");
      if (!found) {
        System.out.printf(
            "%s did not run: %s has no %s; take it off PATH, and `make real` installs one that has%n",
            test, Programs.path(PROGRAM), component);
      }
      Assumptions.assumeTrue(found, component);
    }
  }

  private static String components() throws IOException {
    Process run = new ProcessBuilder(Programs.path(PROGRAM).toString(), "components").start();
    return new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Starts one, and returns when it listens; {@code folder} is where its files go. */
  public static OtelCollector start(Path folder, CollectorSettings settings)
      throws IOException, InterruptedException {
    OtelCollector collector = new OtelCollector(folder, settings);
    collector.start();
    return collector;
  }

  /** Starts it again with its settings as they are now, on the same ports. */
  public void start() throws IOException, InterruptedException {
    Files.writeString(file, settings.toString());
    long readyBefore = ready();
    process =
        Daemon.start(
            log, List.of(Programs.path(PROGRAM).toString(), "--config", file.toString()));
    try {
      process.await("it listens", () -> ready() > readyBefore);
    } catch (IOException | InterruptedException e) {
      process.close();
      throw e;
    }
  }

  private long ready() {
    return Files.exists(log) ? lines("Everything is ready.") : 0;
  }

  /** Ends it as Kubernetes does: what is under way is answered. */
  public void stop() {
    process.close();
  }

  /** Ends it as a crash does. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The port for {@code otlp_grpc} or {@code otlp_http}. */
  public int port(String type) {
    return type.equals("otlp_grpc") ? grpcPort() : httpPort();
  }

  public int grpcPort() {
    return settings.grpcPort();
  }

  public int httpPort() {
    return settings.httpPort();
  }

  public CollectorSettings settings() {
    return settings;
  }

  /** The numbers of the records that its debug exporter has printed, smallest first. */
  public List<Long> printed() {
    return BODY.matcher(output())
        .results()
        .map(found -> Long.valueOf(found.group(1)))
        .sorted()
        .toList();
  }

  /** Lines of its log that contain a text. */
  public long lines(String text) {
    return output().lines().filter(line -> line.contains(text)).count();
  }

  /** What it has written so far, to its log and with its debug exporter. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
