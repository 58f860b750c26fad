package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.e2e.HostProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A seed with many shoots, whose Clusters are as large as they get: all are known, each gets its records, and the
 * process stays small, although all that it reads is many times its heap. Prints what the first list takes, without a
 * record, what it takes when each Cluster has changed once, and the peak with records.
 */
@Tag("real")
class SeedManyClustersTest {
  private static final int CLUSTERS = Integer.getInteger("seed.clusters", 500);
  private static final int BYTES = 300_000;
  private static final int LARGE_BYTES = 1_000_000;
  private static final String LARGE = "shoot--many--large";
  private static final String LAST = "shoot--many--last";
  private static final String CHANGE = "{\"metadata\":{\"annotations\":{\"test/change\":\"1\"}}}";
  private static final int RECORDS = 10;

  /** The container's limit is 1 GiB; a heap that held one list would be more than this. */
  private static final long MOST_RESIDENT_MB = 400;

  @TempDir Path folder;

  @Test
  void shouldKnowAllAndStaySmall() throws Exception {
    Programs.assume("SeedManyClustersTest", "etcd", "kube-apiserver", VictoriaLogs.PROGRAM);
    try (SeedApiServer api = SeedApiServer.start(folder.resolve("api"));
        SeedNode node = new SeedNode(folder.resolve("node"))) {
      ClusterManifest cluster = new ClusterManifest();
      IntStream.range(0, CLUSTERS).parallel().forEach(i -> make(api, name(i), cluster.json(name(i), BYTES)));
      make(api, LARGE, cluster.json(LARGE, LARGE_BYTES));
      long startNs = System.nanoTime();
      boolean isPod = ServiceAccountVolume.isPossible();
      try (HostProcess host = isPod ? startPod(api, node) : node.start(api.kubeconfig(api.port()))) {
        host.awaitLine(line -> line.contains("found " + (CLUSTERS + 1) + ", watches them"));
        long knownMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
        ProcessCost afterList = ProcessCost.atRest(host.pid());
        ProcessCost afterChanges = changeEach(api, node, host);
        ContainerLogs.Log large = assertEachGetsItsOwn(node, host);
        assertHearsOfTheLarge(api, node, host, large);
        long residentMb = ProcessCost.of(host.pid()).peakMb();
        System.out.printf(
            "%d Clusters of %d kB and one of %d kB, %s: known %d ms after the start, %s; after each changed once, %s;"
                + " peak with records %d MB%n",
            CLUSTERS,
            BYTES / 1000,
            LARGE_BYTES / 1000,
            isPod ? "as a pod" : "with a kubeconfig",
            knownMs,
            afterList,
            afterChanges,
            residentMb);
        assertTrue(residentMb < MOST_RESIDENT_MB, residentMb + " MB");
        assertEquals(0, host.terminate());
      }
    }
  }

  /** A kubeconfig would load a thousand classes that a pod does without. */
  private static HostProcess startPod(SeedApiServer api, SeedNode node) throws IOException {
    return node.start(api.inCluster(api.port()), api.volume().mounted());
  }

  private static String name(int i) {
    return "shoot--many--" + i;
  }

  private static void make(SeedApiServer api, String name, String cluster) {
    try {
      api.admin().make(SeedApiServer.CLUSTERS, cluster);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** Changes each Cluster, and returns what the process has taken since its start when it has read all events. */
  private static ProcessCost changeEach(SeedApiServer api, SeedNode node, HostProcess host) throws Exception {
    for (int i = 0; i < CLUSTERS; i++) {
      api.admin().patch(SeedApiServer.CLUSTERS + "/" + name(i), CHANGE);
    }
    make(api, LAST, new ClusterManifest().json(LAST, BYTES));
    host.await("the last event", () -> node.metric("clients_total", "SHOOT") == CLUSTERS + 2);
    return ProcessCost.atRest(host.pid());
  }

  /** Returns the log of the large one. */
  private static ContainerLogs.Log assertEachGetsItsOwn(SeedNode node, HostProcess host) throws Exception {
    List<ContainerLogs.Log> logs = new ArrayList<>();
    for (int i = 0; i < CLUSTERS; i++) {
      logs.add(node.log(name(i)));
    }
    logs.add(node.log(LARGE));
    for (ContainerLogs.Log log : logs) {
      log.write(RECORDS);
    }
    node.await(host, (long) logs.size() * RECORDS);
    for (ContainerLogs.Log log : logs) {
      assertEquals(Map.of(log.namespace(), Arrived.once(RECORDS)), node.arrived.came(log.namespace()));
    }
    assertEquals(Map.of(), node.arrived.came(SeedNode.SEED));
    assertEquals(0, node.dropped("dynamic", ""));
    return logs.get(CLUSTERS);
  }

  /** An event is read as a list is. */
  private static void assertHearsOfTheLarge(
      SeedApiServer api, SeedNode node, HostProcess host, ContainerLogs.Log log) throws Exception {
    api.admin().update(LARGE, ShootManifest.ready().hibernation(true, true).toString());
    host.await(
        "its new state",
        () -> {
          log.write(1);
          return node.muted("dynamic") > 0;
        });
    node.await(host, (long) CLUSTERS * RECORDS + log.written());
    Arrived some = Arrived.once(log.written() - node.muted("dynamic"));
    assertEquals(Map.of(LARGE, some), node.arrived.came(LARGE));
  }
}
