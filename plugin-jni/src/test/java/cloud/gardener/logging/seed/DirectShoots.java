package cloud.gardener.logging.seed;

import cloud.gardener.logging.e2e.Configuration;
import cloud.gardener.logging.e2e.HostProcess;
import cloud.gardener.logging.e2e.Load;
import cloud.gardener.logging.e2e.LogFile;
import cloud.gardener.logging.kubernetes.ClusterSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The logs of a seed's and some shoots' pods, which the plugin sends to a VictoriaLogs directly: the seed's to
 * one tenant, the shoots' to another, each with the shoot's name, by headers. Each shoot has an endpoint
 * of its own, whose name leads to the same server.
 */
final class DirectShoots implements AutoCloseable {
  private static final int SEED_TENANT = 17;
  private static final int SHOOT_TENANT = 18;
  private static final String SEED = "garden";

  private final Map<String, LogFile> logs = new LinkedHashMap<>();
  private final List<Load> loads = new ArrayList<>();
  private final ClusterSource clusters;
  private final Configuration configuration;
  private final Map<String, String> environment;

  DirectShoots(Path folder, VictoriaLogs victoria, int shoots) throws Exception {
    Path containers = Files.createDirectories(folder.resolve("var/log/containers"));
    this.clusters = new ClusterSource(folder);
    StringBuilder names = new StringBuilder();
    begin(containers, SEED);
    for (int i = 0; i < shoots; i++) {
      String namespace = "shoot--p--" + i;
      clusters.ready(namespace);
      begin(containers, namespace);
      names.append("127.0.0.1 logging.").append(namespace).append(".svc\n");
    }
    Path hosts = Files.writeString(folder.resolve("hosts"), names);
    this.environment =
        Map.of(
            "KUBECONFIG", clusters.kubeconfig().toString(),
            "KUBERNETES_SERVICE_HOST", "", // A service account would be preferred.
            "GARDENER_PLUGIN_JAVA_OPTS", "-Djdk.net.hosts.file=" + hosts);
    this.configuration =
        new Configuration(containers.resolve("*.log"), folder.resolve("queue"))
            .input("DB", folder.resolve("containers.db").toString())
            .output("DQueName", "direct")
            .output("SeedType", "otlp_http")
            .output("ShootType", "otlp_http")
            .output("HTTPPath", "/insert/opentelemetry/v1/logs")
            .output("Endpoint", "127.0.0.1:" + victoria.port())
            .output("Headers", headers(SEED_TENANT, ""))
            .output("ShootHeaders", headers(SHOOT_TENANT, ",\"VL-Extra-Fields\":\"shoot={namespace}\""))
            .output("DynamicHostPath", "{\"kubernetes\": {\"namespace_name\": \"namespace\"}}")
            .output("DynamicHostPrefix", "http://logging.")
            .output("DynamicHostSuffix", ".svc:" + victoria.port())
            .output("DynamicHostRegex", "^shoot--")
            .output("FallbackToTagWhenMetadataIsMissing", "true")
            .output("TagPrefix", "kubernetes\\..*\\.var\\.log\\.containers");
  }

  private static String headers(int tenant, String more) {
    return "{\"AccountID\":\"" + tenant + "\",\"VL-Stream-Fields\":\"k8s.namespace.name,k8s.pod.name\"" + more + "}";
  }

  /** Begins a pod's log file, named as the kubelet does. */
  private void begin(Path containers, String namespace) {
    String name = "pod-0_" + namespace + "_etcd-" + "0f".repeat(32) + ".log";
    logs.put(namespace, new LogFile(containers.resolve(name), 0));
  }

  Configuration configuration() {
    return configuration;
  }

  /** For the host: where the Clusters are, and the shoots' endpoints. */
  Map<String, String> environment() {
    return environment;
  }

  /** Targets that get records. */
  int targets() {
    return logs.size();
  }

  /** Writes to each log until {@link #stop}. */
  void load(int recordsASecondAndLog) {
    logs.values().forEach(log -> loads.add(Load.start(log, recordsASecondAndLog)));
  }

  void stop() throws InterruptedException {
    for (Load load : loads) {
      load.stop();
    }
    loads.clear();
  }

  /** Records so far. */
  long written() {
    return logs.values().stream().mapToLong(LogFile::next).sum();
  }

  /** Waits until each shoot has a target: until then its records may go to the seed. */
  void awaitTargets(HostProcess host) throws InterruptedException {
    for (String namespace : logs.keySet()) {
      if (!namespace.equals(SEED)) {
        host.awaitLine(line -> line.contains("shoot." + namespace + ": sends to"));
      }
    }
  }

  /** Whether VictoriaLogs has each record. */
  boolean allArrived(VictoriaLogs victoria) throws IOException, InterruptedException {
    for (String namespace : logs.keySet()) {
      if (missing(victoria, namespace) > 0) {
        return false;
      }
    }
    return true;
  }

  private long missing(VictoriaLogs victoria, String namespace)
      throws IOException, InterruptedException {
    long written = logs.get(namespace).next();
    Arrived own = Arrived.of(victoria, tenant(namespace), filter(namespace));
    if (own.distinct() == written || namespace.equals(SEED)) {
      return written - own.distinct();
    }
    BitSet numbers = Arrived.numbers(victoria, SHOOT_TENANT, filter(namespace));
    numbers.or(Arrived.numbers(victoria, SEED_TENANT, filter(namespace)));
    return written - numbers.cardinality();
  }

  /** What has come twice, be it to two tenants. */
  long doubled(VictoriaLogs victoria) throws IOException, InterruptedException {
    return victoria.count(SEED_TENANT, "*") + victoria.count(SHOOT_TENANT, "*") - written();
  }

  /** Records of shoots that went to the seed, and those of a shoot without its name, which a header gives. */
  long strays(VictoriaLogs victoria) throws IOException, InterruptedException {
    long strays = victoria.count(SEED_TENANT, "k8s.namespace.name:!=" + SEED);
    long own = 0;
    for (String namespace : logs.keySet()) {
      if (!namespace.equals(SEED)) {
        own += victoria.count(SHOOT_TENANT, "shoot:=" + namespace + " " + filter(namespace));
      }
    }
    return strays + victoria.count(SHOOT_TENANT, "*") - own;
  }

  private static int tenant(String namespace) {
    return namespace.equals(SEED) ? SEED_TENANT : SHOOT_TENANT;
  }

  private static String filter(String namespace) {
    return "k8s.namespace.name:=" + namespace;
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    clusters.close();
  }
}
