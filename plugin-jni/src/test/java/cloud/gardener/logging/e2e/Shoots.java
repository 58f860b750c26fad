package cloud.gardener.logging.e2e;

import cloud.gardener.logging.kubernetes.ClusterSource;
import cloud.gardener.logging.sink.PathSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A seed on this machine: an API server with Clusters, a log file of one pod of each shoot, named as the
 * kubelet does, and all backends in one server, told apart by their path. Lines are numbered across
 * all files.
 */
final class Shoots implements AutoCloseable {
  static final String SEED = "seed";

  /** Lines of one file at most. */
  static final int NUMBERS = 10_000;

  private final Path folder;
  private final Path containers;
  private final Configuration configuration;
  private final List<LogFile> logs = new ArrayList<>();
  final ClusterSource clusters;
  final PathSink backends;

  Shoots(Path folder, PathSink backends) throws IOException {
    this.folder = folder;
    this.containers = Files.createDirectories(folder.resolve("var/log/containers"));
    this.clusters = new ClusterSource(folder);
    this.backends = backends;
    this.configuration =
        new Configuration(containers.resolve("*.log"), folder.resolve("queue"))
            .input("DB", folder.resolve("tail.db").toString())
            .output("SeedType", "otlp_http")
            .output("ShootType", "otlp_http")
            .output("HTTPVersion", "1.1")
            .output("Endpoint", backends.prefix() + SEED)
            .output("DynamicHostPath", "{\"kubernetes\": {\"namespace_name\": \"namespace\"}}")
            .output("DynamicHostPrefix", backends.prefix())
            .output("DynamicHostRegex", "^shoot--")
            .output("FallbackToTagWhenMetadataIsMissing", "true")
            .output("TagPrefix", "kubernetes\\..*\\.var\\.log\\.containers");
  }

  /** Sets a key of the input. */
  Shoots input(String key, String value) {
    configuration.input(key, value);
    return this;
  }

  /** Sets a key of the output. */
  Shoots output(String key, String value) {
    configuration.output(key, value);
    return this;
  }

  /** The namespace of a shoot. */
  static String name(int shoot) {
    return "shoot--p--" + shoot;
  }

  /** Fluent Bit, or the bundled host, which watches the Clusters. */
  HostProcess start() throws IOException {
    // A service account would be preferred to KUBECONFIG.
    Map<String, String> environment =
        Map.of("KUBECONFIG", clusters.kubeconfig().toString(), "KUBERNETES_SERVICE_HOST", "");
    return HostProcess.start(folder, configuration.toString(), environment);
  }

  int metricsPort() {
    return configuration.metricsPort();
  }

  /** Begins a log file in a namespace. */
  LogFile log(String namespace) {
    String name = "pod-0_" + namespace + "_etcd-" + "0f".repeat(32) + ".log";
    LogFile log = new LogFile(containers.resolve(name), (long) logs.size() * NUMBERS);
    logs.add(log);
    return log;
  }

  /** Whether each line of each file has come to one backend at least. */
  boolean allArrived() {
    return logs.stream().allMatch(log -> distinct(log) == log.next() % NUMBERS);
  }

  private long distinct(LogFile log) {
    int first = (int) log.next() / NUMBERS * NUMBERS;
    return backends.tally().summary(first, (int) log.next() - 1).distinct();
  }

  @Override
  public void close() {
    backends.close();
    clusters.close();
  }
}
