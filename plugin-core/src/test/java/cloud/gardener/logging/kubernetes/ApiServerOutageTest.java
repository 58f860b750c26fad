package cloud.gardener.logging.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.route.Decision;
import cloud.gardener.logging.route.RouteConfigs;
import cloud.gardener.logging.route.RoutingTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real API server that goes away, and comes back with new shoots: how long it takes until they are known, and
 * what becomes of their records meanwhile. Prints a line for each outage.
 */
@Tag("real")
@Tag("faults")
class ApiServerOutageTest {
  private static final String OUTAGES_S = System.getProperty("watch.outages", "8");
  private static final boolean SILENCE = Boolean.getBoolean("watch.silence");
  private static final int CLUSTERS = Integer.getInteger("watch.clusters", 50);

  /** A pause, an attempt that fails, and the list. */
  private static final long KNOWN_WITHIN_MS = 12_000;

  private static final long RECORD_MS = 100;
  private static final String A = "shoot--p--a";

  @TempDir Path folder;

  private final PluginMetrics metrics = new PluginMetrics("test");
  private final Tables tables = new Tables();
  private LocalApiServer server;
  private ClusterAdmin admin;
  private ShootController controller;

  @BeforeAll
  static void find() {
    if (!LocalApiServer.isPossible()) {
      String why = "ApiServerOutageTest did not run: kube-apiserver and etcd are not both on PATH";
      System.out.println(why);
      abort(why);
    }
  }

  @BeforeEach
  void start() throws Exception {
    server = new LocalApiServer(folder);
    server.awaitReady();
    admin = new ClusterAdmin(server.access());
    admin.define();
    admin.create(A, KubernetesJson.READY);
  }

  @AfterEach
  void stop() {
    if (controller != null) {
      controller.close();
    }
    if (admin != null) {
      admin.close();
    }
    if (server != null) {
      server.close();
    }
    metrics.close();
  }

  @Test
  void shouldKnowANewShootSoonAfterAnOutageAndDropNoneOfItsRecords() throws Exception {
    watch(server.access());
    for (String seconds : OUTAGES_S.split(",")) {
      String shoot = "shoot--new--" + seconds;
      server.crash();
      // While it is away, records name a shoot that is not there yet.
      flow(shoot, TimeUnit.SECONDS.toMillis(Long.parseLong(seconds)));
      server.restart();
      server.awaitReady();
      admin.create(shoot, KubernetesJson.READY);
      Flow flow = flow(shoot, KNOWN_WITHIN_MS);

      System.out.println("outage of the API server of " + seconds + " s: " + flow);
      assertEquals(0, flow.records(Decision.NO_CLIENT), flow.toString());
      assertTrue(flow.records(Decision.SHOOT) > 0, flow.toString());
    }
  }

  @Test
  void shouldDropNoRecordOfANewShootWhileAWatchIsSilent() throws Exception {
    assumeTrue(SILENCE, "it takes minutes; -Dwatch.silence=true");
    try (ApiProxy proxy = server.proxy()) {
      watch(server.access(proxy.port()));
      proxy.silence();
      admin.create("shoot--new--silent", KubernetesJson.READY);
      Flow flow = flow("shoot--new--silent", TimeUnit.SECONDS.toMillis(30));
      System.out.println("silent connection to the API server: " + flow);
      assertEquals(0, flow.records(Decision.NO_CLIENT), flow.toString());
      assertTrue(flow.records(Decision.SHOOT) > 0, flow.toString());

      admin.create("shoot--new--unasked", KubernetesJson.READY);
      long silentMs = awaitUnasked("shoot--new--unasked", TimeUnit.SECONDS.toMillis(120));
      System.out.println("silent connection to the API server, without a record of the new shoot: known after " + silentMs + " ms");
    }
  }

  @Test
  void shouldListManyClustersFromTheCache() throws Exception {
    String shoot = KubernetesJson.READY.replace("\"name\":\"s\"", "\"annotations\":{\"x\":\"" + "x".repeat(250_000) + "\"}");
    for (int i = 0; i < CLUSTERS; i++) {
      admin.create("shoot--many--" + i, shoot);
    }
    long startNs = System.nanoTime();
    controller = ShootController.start(RouteConfigs.shoots(), metrics, tables, server.access());
    tables.await(table -> table.shoots().size() == CLUSTERS + 1, CLUSTERS + " shoots");
    System.out.printf(
        "%d Clusters of 250 kB are listed in %d ms%n",
        CLUSTERS, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs));
  }

  private void watch(ApiAccess access) throws IOException {
    controller = ShootController.start(RouteConfigs.shoots(), metrics, tables, access);
    tables.awaitShoots("{shoot--p--a=READY}");
    admin.update(A, KubernetesJson.shoot("evaluation", "Migrate", "Processing"));
    tables.await("{shoot--p--a=MIGRATION} complete");
  }

  /** Where the records of a shoot went, one after the other. */
  private static final class Flow {
    private final Map<Decision, Integer> records = new EnumMap<>(Decision.class);
    private long knownAfterMs = -1;

    int records(Decision decision) {
      return records.getOrDefault(decision, 0);
    }

    @Override
    public String toString() {
      return "a new shoot is known after " + knownAfterMs + " ms, its records, one each " + RECORD_MS
          + " ms: " + records;
    }
  }

  private long awaitUnasked(String namespace, long forMs) throws InterruptedException {
    long startNs = System.nanoTime();
    long ms = 0;
    while (!tables.last().shoots().containsKey(namespace)) {
      assertTrue(ms < forMs, "nobody has told of " + namespace);
      TimeUnit.MILLISECONDS.sleep(RECORD_MS);
      ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
    }
    return ms;
  }

  /** Records of a namespace for some time, or until they go to its shoot. */
  private Flow flow(String namespace, long forMs) throws InterruptedException {
    Flow flow = new Flow();
    long startNs = System.nanoTime();
    for (long ms = 0; ms < forMs && flow.knownAfterMs < 0; ms += RECORD_MS) {
      RoutingTable table = tables.last();
      if (table.route(namespace).isUndecided()) {
        controller.query(namespace);
      }
      flow.records.merge(table.route(namespace).decision(), 1, Integer::sum);
      if (table.shoots().containsKey(namespace)) {
        flow.knownAfterMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
      }
      TimeUnit.MILLISECONDS.sleep(RECORD_MS);
    }
    return flow;
  }
}
