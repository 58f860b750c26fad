package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cloud.gardener.logging.e2e.HostProcess;
import cloud.gardener.logging.kubernetes.ApiProxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The API server is there, and does not let the plugin see the shoots: the definition of Clusters is deleted, the
 * rights are taken away, the token is no good. Records of shoots that are known go on to them, those of others to the
 * seed, and none is dropped; when all is well again, a new shoot gets its own.
 */
@Tag("real")
class SeedRightsTest {
  private static final String KNOWN = "shoot--known--before";
  private static final String NEW = "shoot--made--meanwhile";
  private static final String AFTER = "shoot--made--after";
  private static final String READY = ShootManifest.ready().toString();

  @TempDir static Path apiFolder;

  @TempDir Path folder;

  private static SeedApiServer api;

  private final List<ContainerLogs.Log> logs = new ArrayList<>();
  private SteadyLogs flow;
  private ApiProxy proxy;
  private SeedNode node;

  @BeforeAll
  static void startApi() throws Exception {
    Programs.assume("SeedRightsTest", "etcd", "kube-apiserver", VictoriaLogs.PROGRAM);
    api = SeedApiServer.start(apiFolder);
  }

  @AfterAll
  static void stopApi() {
    if (api != null) {
      api.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    proxy = api.proxy();
    node = new SeedNode(folder);
    flow = new SteadyLogs();
    api.admin().create(KNOWN, READY);
  }

  @AfterEach
  void close() throws Exception {
    if (node != null) {
      flow.close();
      node.close();
      proxy.close();
      for (String name : List.of(KNOWN, NEW, AFTER)) {
        api.admin().delete(name);
      }
    }
  }

  @Test
  void shouldDropNothingWhileClustersAreNotDefined() throws Exception {
    try (HostProcess host = start(api.kubeconfig(proxy.port()))) {
      api.admin().undefine();
      host.awaitLine(line -> line.contains("CustomResourceDefinition is not there"));
      begin(NEW);
      node.arrived.awaitRecord(host, NEW, SeedNode.SEED);
      host.await("it asks", () -> node.metric("namespace_questions_total", "") > 0);
      ContainerLogs.Log log = end(NEW);
      node.arrived.awaitAll(host, List.of(log));
      assertEquals(Arrived.NOTHING, node.arrived.came(NEW, NEW));

      api.admin().define();
      api.admin().create(NEW, READY);
      api.admin().create(KNOWN, READY);
      flow.add(log);
      assertEndsWell(host);
      assertEquals(Arrived.once(log(KNOWN).written()), node.arrived.came(KNOWN, KNOWN));
    }
  }

  @Test
  void shouldDropNothingWhileItHasNoRights() throws Exception {
    try (HostProcess host = start(api.kubeconfig(proxy.port()))) {
      api.revoke();
      proxy.cut(); // What is watched already, the API server goes on to tell.
      host.awaitLine(line -> line.contains("it is not allowed"));
      api.admin().create(NEW, READY);
      begin(NEW);
      node.arrived.awaitRecord(host, NEW, SeedNode.SEED);

      api.grant();
      assertEndsWell(host);
      assertKnownHadAll();
    }
  }

  @Test
  void shouldNotNoticeATokenThatIsReplacedInTime() throws Exception {
    try (HostProcess host = startInPod()) {
      api.rotateToken();
      proxy.cut();
      api.admin().create(NEW, READY);
      begin(NEW);
      assertEndsWell(host);
      assertKnownHadAll();
      assertFalse(host.lines().stream().anyMatch(line -> line.contains("cannot be watched")));
    }
  }

  @Test
  void shouldDropNothingWhileItsTokenIsNoGood() throws Exception {
    try (HostProcess host = startInPod()) {
      api.endToken();
      proxy.cut();
      host.awaitLine(line -> line.contains("it is not allowed"));
      api.admin().create(NEW, READY);
      begin(NEW);
      node.arrived.awaitRecord(host, NEW, SeedNode.SEED);

      api.newToken();
      assertEndsWell(host);
      assertKnownHadAll();
    }
  }

  /** A plugin in the cluster: it reads the token and the authority where the kubelet mounts them. */
  private HostProcess startInPod() throws Exception {
    assumeTrue(ServiceAccountVolume.isPossible(), "SeedRightsTest: no mount namespace may be made here");
    return start(api.inCluster(proxy.port()), api.volume().mounted());
  }

  private HostProcess start(Map<String, String> environment, String... wrapper) throws Exception {
    HostProcess host = node.start(environment, wrapper);
    host.awaitLine(line -> line.contains("watches them"));
    begin(KNOWN);
    begin("garden");
    node.awaitRecordAt(host, KNOWN);
    return host;
  }

  /** New shoots get their records, and no record is lost, dropped or doubled. */
  private void assertEndsWell(HostProcess host) throws Exception {
    node.awaitRecordAt(host, NEW);
    api.admin().create(AFTER, READY);
    begin(AFTER);
    node.awaitRecordAt(host, AFTER);
    flow.stop();
    node.arrived.awaitAll(host, logs);
    assertEquals(0, node.dropped("dynamic", ""));
    assertEquals(0, host.terminate());
  }

  private void assertKnownHadAll() throws Exception {
    assertEquals(Arrived.once(log(KNOWN).written()), node.arrived.came(KNOWN, KNOWN));
    assertEquals(Arrived.NOTHING, node.arrived.came(SeedNode.SEED, KNOWN));
  }

  private void begin(String namespace) throws Exception {
    ContainerLogs.Log log = node.log(namespace);
    logs.add(log);
    flow.add(log);
  }

  /** Nothing is written to it any more. */
  private ContainerLogs.Log end(String namespace) throws InterruptedException {
    ContainerLogs.Log log = log(namespace);
    flow.remove(log);
    return log;
  }

  private ContainerLogs.Log log(String namespace) {
    return logs.stream().filter(log -> log.namespace().equals(namespace)).findFirst().orElseThrow();
  }
}
