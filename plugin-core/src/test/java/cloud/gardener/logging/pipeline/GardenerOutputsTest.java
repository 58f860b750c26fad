package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.keys.ConfigReader;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.intake.FlushResult;
import cloud.gardener.logging.kubernetes.ClusterSource;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.metrics.TargetMetrics;
import cloud.gardener.logging.route.RoutingListener;
import cloud.gardener.logging.sink.OtlpSink;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The two outputs that Gardener writes, together in one process and before an API server. They stand as
 * they are in docs/examples, but for what a test must change: the folder, the ports, the node's name, and
 * hosts that are names of a cluster.
 */
class GardenerOutputsTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("basedir", ".")).resolve("../docs/examples/gardener-seed.conf");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  private ClusterSource clusters;
  private OtlpSink seed;
  private OtlpSink shoot;
  private ProcessServices services;
  private Output systemd;
  private Output dynamic;
  private String namespace;

  @BeforeEach
  void start() throws Exception {
    clusters = new ClusterSource(folder);
    seed = OtlpSink.startCapturing();
    shoot = OtlpSink.startCapturing();
    namespace = Integer.toString(shoot.port());
    List<Map<String, String>> outputs = outputs();
    PluginConfig first = ConfigReader.parse(outputs.get(0)::get);
    PluginConfig second = ConfigReader.parse(outputs.get(1)::get);
    services = ProcessServices.acquire(first);
    systemd = Output.open(first, Flocks.FREE, this::watch);
    dynamic = Output.open(second, Flocks.FREE, this::watch);
  }

  private ShootWatch watch(
      PluginConfig config, PluginMetrics metrics, RoutingListener listener) {
    return ShootWatch.of(clusters.start(config, metrics, listener));
  }

  @AfterEach
  void stop() {
    systemd.close();
    dynamic.close();
    services.release();
    seed.close();
    shoot.close();
    clusters.close();
  }

  @Test
  void shouldFollowTheClusters() throws Exception {
    assertEquals(FlushResult.OK, systemd.flush(chunk("garden", 10), "systemd.kubelet"));
    assertEquals(FlushResult.OK, dynamic.flush(chunk("garden", 20), "kubernetes.x"));
    assertTrue(seed.awaitRecords(30, PATIENCE));

    clusters.creating(namespace);
    awaitRoute();
    assertEquals(FlushResult.OK, dynamic.flush(chunk(namespace, 40), "kubernetes.x"));
    assertTrue(seed.awaitRecords(incoming("garden"), PATIENCE));
    assertTrue(shoot.awaitRecords(41, PATIENCE));

    clusters.dropWatches();
    clusters.ready(namespace);
    RoutedOutput.await("only the shoot gets the records", this::isRoutedToShootOnly);

    clusters.delete(namespace);
    long before = incoming("garden");
    RoutedOutput.await(
        "the seed gets the records of a deleted shoot, too",
        () -> {
          assertEquals(FlushResult.OK, dynamic.flush(chunk(namespace, 1), "kubernetes.x"));
          return incoming("garden") > before;
        });
    assertTrue(seed.awaitRecords(incoming("garden"), PATIENCE));
    assertTrue(shoot.awaitRecords(incoming(namespace), PATIENCE));
  }

  @Test
  void shouldReadTheMetadataFromFluentBitsTag() throws Exception {
    clusters.ready(namespace);
    awaitRoute();
    String tag =
        "kubernetes.var.log.containers.pod-1_" + namespace + "_etcd-" + "0f".repeat(32) + ".log";
    ByteBuffer chunk = new MsgPack().event(1, 1, Map.of(), Map.of("log", "x")).chunk();

    assertEquals(FlushResult.OK, dynamic.flush(chunk, tag));

    RoutedOutput.await(
        "the record with its pod and node",
        () -> {
          String captured = shoot.captured().toString();
          return captured.contains("pod-1") && captured.contains("node-1");
        });
  }

  private boolean isRoutedToShootOnly() {
    long seedHas = incoming("garden");
    long shootHas = incoming(namespace);
    assertEquals(FlushResult.OK, dynamic.flush(chunk(namespace, 1), "kubernetes.x"));
    return incoming("garden") == seedHas && incoming(namespace) == shootHas + 1;
  }

  /** Until the routing table that knows the shoot is in force. */
  private void awaitRoute() throws InterruptedException {
    RoutedOutput.await(
        "the shoot gets records",
        () -> {
          dynamic.flush(chunk(namespace, 1), "kubernetes.x"); // RETRY once: it is held.
          return incoming(namespace) > 0;
        });
  }

  /** What came in for it and was not dropped on the way. */
  private long incoming(String source) {
    return services.metrics().targets().stream()
        .filter(target -> target.labels().source().equals(source))
        .map(TargetMetrics::balance)
        .mapToLong(balance -> balance.incoming() - balance.dropped())
        .sum();
  }

  private static ByteBuffer chunk(String namespace, int records) {
    MsgPack chunk = new MsgPack();
    RoutedOutput.add(chunk, namespace, records);
    return chunk.chunk();
  }

  /** The example's outputs, key by key. */
  private List<Map<String, String>> outputs() throws Exception {
    String text =
        Files.readString(EXAMPLE)
            .replace("${NODE_NAME}", "node-1")
            .replace("/var/fluentbit/dque", folder.resolve("dque").toString())
            .replace("opentelemetry-collector-collector.garden.svc:4317", seed.address())
            .replace("DynamicHostPrefix opentelemetry-collector-collector.", "DynamicHostPrefix 127.0.0.1:")
            .replace("DynamicHostSuffix .svc.cluster.local:4317", "DynamicHostSuffix \"\"")
            .replace("DynamicHostRegex ^shoot-", "DynamicHostRegex ^[0-9]");
    return Arrays.stream(text.split("\\[OUTPUT]")).skip(1).map(this::section).toList();
  }

  private Map<String, String> section(String text) {
    Map<String, String> section = new HashMap<>();
    text.lines()
        .map(String::trim)
        .filter(line -> !line.isEmpty())
        .map(line -> line.split(" +", 2))
        .forEach(line -> section.put(line[0], line[1]));
    section.put("MetricsPort", "0");
    section.put("FluentBitMetricsPort", "0");
    return section;
  }
}
