package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.e2e.HostProcess;
import cloud.gardener.logging.kubernetes.ApiProxy.Way;
import cloud.gardener.logging.kubernetes.ApiProxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An API server that goes away and comes back: first its watch stays half-open, then it cannot be reached, then it
 * crashes, then it initializes, then it no longer has the version that the watch was at. No record of a shoot that
 * was known, or was made at any of these times, is dropped. Prints a line.
 *
 * <p>It is away for 20 s, or for {@code -Dseed.outage} seconds. With 100 or more, the watch that is half-open is left
 * to the plugin, which gives it up after 90; else its connection is ended as a router does that has lost its state.
 */
@Tag("real")
class SeedOutageTest {
  private static final int OUTAGE_S = Integer.getInteger("seed.outage", 20);
  private static final int BUSY_ANSWERS = 3;

  /** A pause that the API server asks for, the pause after it, an attempt; and a busy machine. */
  private static final long KNOWN_WITHIN_MS = 20_000;

  private static final String KNOWN = "shoot--known--before";
  private static final String HEARD = "shoot--made--first";
  private static final String SILENT = "shoot--made--unheard";
  private static final String AWAY = "shoot--made--away";
  private static final String BUSY = "shoot--made--busy";
  private static final String AFTER = "shoot--made--after";
  private static final String READY = ShootManifest.ready().toString();

  @TempDir Path folder;

  private final List<ContainerLogs.Log> logs = new ArrayList<>();
  private final SteadyLogs flow = new SteadyLogs();
  private SeedApiServer api;
  private ApiProxy proxy;
  private SeedNode node;

  @Test
  void shouldDropNoRecordOfAKnownOrNewShoot() throws Exception {
    Programs.assume("SeedOutageTest", "etcd", "kube-apiserver", VictoriaLogs.PROGRAM);
    try (SeedApiServer itsApi = SeedApiServer.start(folder.resolve("api"));
        ApiProxy itsProxy = itsApi.proxy();
        SeedNode itsNode = new SeedNode(folder.resolve("node"));
        flow) {
      api = itsApi;
      proxy = itsProxy;
      node = itsNode;
      api.admin().create(KNOWN, READY);
      try (HostProcess host = node.start(api.kubeconfig(proxy.port()))) {
        run(host);
      }
    }
  }

  private void run(HostProcess host) throws Exception {
    host.awaitLine(line -> line.contains("watches them"));
    begin(KNOWN);
    begin("garden");
    node.awaitRecordAt(host, KNOWN);
    // Once a watch was heard, the plugin watches again from there, and learns that this version is gone.
    api.admin().create(HEARD, READY);
    host.awaitLine(line -> line.contains("shoot." + HEARD + ": sends to"));

    proxy.silence();
    api.admin().create(SILENT, READY);
    begin(SILENT);
    node.awaitRecordAt(host, SILENT);

    goAway(host);
    proxy.way(Way.BUSY);
    api.admin().create(BUSY, READY);
    begin(BUSY);
    host.await("it is told to wait", () -> proxy.busyAnswers() >= BUSY_ANSWERS);

    proxy.way(Way.OPEN);
    long openNs = System.nanoTime();
    node.awaitRecordAt(host, AWAY);
    node.awaitRecordAt(host, BUSY);
    long knownMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - openNs);
    host.await("its version is gone", () -> proxy.goneEvents() > 0);
    api.admin().create(AFTER, READY);
    begin(AFTER);
    node.awaitRecordAt(host, AFTER);

    flow.stop();
    node.arrived.awaitAll(host, logs);
    System.out.printf(
        "outage of the seed's API server of %d s, %d answers of 429, %d of 410 inside of 200: shoots made meanwhile"
            + " are known %d ms after it, of %d records the seed got %d%n",
        OUTAGE_S, proxy.busyAnswers(), proxy.goneEvents(), knownMs, log(AWAY).written() + log(BUSY).written(),
        node.arrived.came(SeedNode.SEED, AWAY).records() + node.arrived.came(SeedNode.SEED, BUSY).records());
    assertTrue(knownMs < KNOWN_WITHIN_MS, "known after " + knownMs + " ms");
    assertEquals(Arrived.once(log(KNOWN).written()), node.arrived.came(KNOWN, KNOWN));
    assertEquals(Arrived.NOTHING, node.arrived.came(SeedNode.SEED, KNOWN));
    assertEquals(0, node.dropped("dynamic", ""));
    assertEquals(0, host.terminate());
  }

  /** Away for a network first, then in truth. Objects change meanwhile, so the API server's new cache begins later. */
  private void goAway(HostProcess host) throws Exception {
    long startNs = System.nanoTime();
    proxy.way(Way.AWAY);
    if (OUTAGE_S < 100) {
      proxy.cut();
    }
    begin(AWAY);
    api.admin().update(SILENT, ShootManifest.ready().purpose("production").toString());
    api.crash();
    api.restart();
    api.admin().create(AWAY, READY);
    TimeUnit.NANOSECONDS.sleep(startNs + TimeUnit.SECONDS.toNanos(OUTAGE_S) - System.nanoTime());
    host.awaitLine(line -> line.contains("cannot be watched"));
  }

  private void begin(String namespace) throws Exception {
    ContainerLogs.Log log = node.log(namespace);
    logs.add(log);
    flow.add(log);
  }

  private ContainerLogs.Log log(String namespace) {
    return logs.stream().filter(log -> log.namespace().equals(namespace)).findFirst().orElseThrow();
  }
}
