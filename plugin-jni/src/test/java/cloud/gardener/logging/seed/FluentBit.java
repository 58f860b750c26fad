package cloud.gardener.logging.seed;

import cloud.gardener.logging.e2e.Distribution;
import cloud.gardener.logging.e2e.Scrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A node's Fluent Bit with a plugin, and what it costs, as /proc says. */
final class FluentBit implements AutoCloseable {
  private static final double TICKS_A_SECOND = 100;
  private static final int USER_TICKS = 13;
  private static final String CLIENTS = "fluentbit_gardener_clients_total";

  private final Daemon process;
  private final Node node;

  private FluentBit(Daemon process, Node node) {
    this.process = process;
    this.node = node;
  }

  static FluentBit start(Node node, Path plugin, Path configuration, Path log, Map<String, String> access)
      throws IOException {
    Map<String, String> environment = new HashMap<>(node.environment());
    environment.putAll(access);
    List<String> command =
        List.of(Distribution.host().toString(), "-e", plugin.toString(), "-c", configuration.toString());
    return new FluentBit(Daemon.start(log, command, environment), node);
  }

  /** Waits until the plugin knows so many shoots. */
  void awaitShoots(int shoots) throws IOException, InterruptedException {
    process.await(
        "the plugin knows " + shoots + " shoots",
        () -> Scrape.sum(node.metricsPort(), CLIENTS, "SHOOT") >= shoots);
  }

  /** Fails when it has ended. */
  void check() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("Fluent Bit has ended: " + process.lastLines());
    }
  }

  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    // The name of the command is the second field, and may hold blanks.
    String[] fields = ("0 0 " + stat.substring(stat.lastIndexOf(')') + 2)).split(" ");
    return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) / TICKS_A_SECOND;
  }

  long residentMegabytes() throws IOException {
    return megabytes("VmRSS:");
  }

  long peakMegabytes() throws IOException {
    return megabytes("VmHWM:");
  }

  private long megabytes(String what) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith(what))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
          .findAny()
          .orElseThrow();
    }
  }

  /** Ends it as Kubernetes does. */
  void stop() {
    process.close();
  }

  @Override
  public void close() {
    stop();
  }
}
