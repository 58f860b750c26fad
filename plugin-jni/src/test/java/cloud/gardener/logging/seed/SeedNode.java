package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cloud.gardener.logging.config.keys.GardenerSeed;
import cloud.gardener.logging.e2e.Configuration;
import cloud.gardener.logging.e2e.Distribution;
import cloud.gardener.logging.e2e.HostProcess;
import cloud.gardener.logging.e2e.Scrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * A node of a seed: logs of containers, Fluent Bit with the output that Gardener writes for them, and VictoriaLogs
 * with a tenant for the seed and one for each shoot. What differs from Gardener's section: places, HTTP instead of
 * gRPC (VictoriaLogs speaks no other), and pauses that suit a test.
 */
final class SeedNode implements AutoCloseable {
  static final String SEED = "seed";

  private static final int SCRAPES = 20;

  /** What has come to the backends. */
  final BackendCounts arrived;

  private final VictoriaLogs logs;
  private final TenantGateway backends;
  private final Path folder;
  private final ContainerLogs containers;
  private final Configuration configuration;

  SeedNode(Path folder) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    this.containers = new ContainerLogs(folder.resolve("log"));
    this.logs = VictoriaLogs.start(folder.resolve("victoria-logs"));
    this.backends = new TenantGateway(logs.insertUrl());
    this.arrived = new BackendCounts(logs, backends);
    this.configuration =
        new Configuration(Path.of(containers.pattern()), folder.resolve("queue"))
            .input("DB", folder.resolve("tail.db").toString());
    if (Distribution.hostKind() == Distribution.HostKind.FLUENT_BIT) {
      configuration.input("multiline.parser", "cri"); // The bundled host knows no parsers.
    }
    GardenerSeed.onNode(GardenerSeed.KUBERNETES, "node-0")
        .lines()
        .map(line -> line.split(" ", 2))
        .forEach(key -> configuration.output(key[0], key[1]));
    configuration
        .output("SeedType", "otlp_http")
        .output("ShootType", "otlp_http")
        .output("Endpoint", backends.prefix() + SEED)
        .output("DynamicHostPrefix", backends.prefix())
        .output("DynamicHostSuffix", "/v1/logs")
        .output("DQueDir", folder.resolve("queue").toString())
        .output("TagPrefix", "kubernetes\\..*\\.containers")
        .output("RetryInitialInterval", "100ms")
        .output("RetryMaxInterval", "1s")
        .output("DQueBatchProcessorExportInterval", "100ms");
  }

  /** What Fluent Bit will be told. */
  Configuration configuration() {
    return configuration;
  }

  /** What comes before a backend's name in its endpoint. */
  String prefix() {
    return backends.prefix();
  }

  HostProcess start(Map<String, String> environment, String... wrapper) throws IOException {
    return HostProcess.start(folder, configuration.toString(), environment, wrapper);
  }

  /** Begins the log of the container of a namespace's only pod. */
  ContainerLogs.Log log(String namespace) throws IOException {
    return containers.log(namespace, "pod-0", "etcd");
  }

  /** Writes lines to a file whose name is none that the kubelet gives. */
  void writeWithoutMetadata(int count) throws IOException {
    String line = Instant.now() + " stdout F a line of nobody\n";
    Files.writeString(Path.of(containers.pattern()).resolveSibling("odd.log"), line.repeat(count));
  }

  /** The sum of a metric's series whose line has a text. */
  long metric(String name, String text) throws InterruptedException {
    String series = "fluentbit_gardener_" + name + "{";
    return page().lines()
        .filter(line -> line.startsWith(series) && line.contains(text))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** All metrics. On a busy machine an answer may come too late, and none is no 0. */
  private String page() throws InterruptedException {
    String page = "";
    for (int attempt = 0; page.isEmpty() && attempt < SCRAPES; attempt++) {
      page = Scrape.text(configuration.metricsPort(), "/metrics");
    }
    assertFalse(page.isEmpty(), "the plugin answers " + SCRAPES + " requests for its metrics with nothing");
    return page;
  }

  /** Records that an output has dropped for a reason; for any, where that is empty. */
  long dropped(String output, String reason) throws InterruptedException {
    return metric("output_dropped_logs_total", "name=\"" + output + "\",reason=\"" + reason);
  }

  /** The records of an output that the states of shoots keep from all backends. */
  long muted(String output) throws InterruptedException {
    return metric("output_muted_logs_total", "name=\"" + output);
  }

  /** Waits until a backend has accepted a record. */
  void awaitRecordAt(HostProcess host, String backend) throws IOException, InterruptedException {
    host.await("a record at " + backend, () -> metric("exported_client_logs_total", "/" + backend + "/") > 0);
  }

  /** Waits for so many lines with a text. */
  static void awaitLines(HostProcess host, int count, String text) throws IOException, InterruptedException {
    host.await(
        count + " lines: " + text,
        () -> host.lines().stream().filter(line -> line.contains(text)).count() == count);
  }

  /** Waits until so many records are accepted, each counted for each target, and each is exported or dropped. */
  void await(HostProcess host, long incoming) throws IOException, InterruptedException {
    host.await(
        incoming + " records",
        () -> metric("output_exported_logs_total", "") + metric("output_dropped_logs_total", "")
                + metric("output_muted_logs_total", "")
            >= incoming);
    assertEquals(incoming, metric("output_incoming_logs_total", ""), "records accepted, for each target");
  }

  @Override
  public void close() {
    backends.close();
    logs.close();
  }
}
