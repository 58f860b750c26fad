package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.e2e.HostProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shoots are the namespaces with an OpenTelemetryCollector: those that the two selectors select. Two outputs get the
 * same records; one has its selectors as text, the other the same ones as JSON.
 */
@Tag("real")
class SeedCollectorsTest {
  private static final String JSON = "json-";
  private static final String OTHER = "{\"gardener.cloud/role\":\"extension\"}";
  private static final String SHOOT = "{\"gardener.cloud/role\":\"shoot\"}";
  private static final String EXCLUDED = "{\"gardener.cloud/role\":\"shoot\",\"test/excluded\":\"true\"}";
  private static final String COLLECTOR = "{\"gardener.cloud/role\":\"logging\",\"component\":\"otel\"}";
  private static final String OTHER_COLLECTOR = "{\"gardener.cloud/role\":\"logging\",\"component\":\"traces\"}";

  private static final String SELECTED = "shoot--selected--both";
  private static final String BY_NAMESPACE = "shoot--selected--namespace";
  private static final String BY_COLLECTOR = "shoot--selected--collector";
  private static final String WITHOUT = "shoot--without--collector";
  private static final String DELETING = "shoot--deletion--begun";
  private static final String DELETED = "shoot--deletion--done";
  private static final String LATER = "shoot--made--later";
  private static final String LABELLED = "shoot--labelled--later";
  private static final String UNLABELLED = "shoot--excluded--later";
  private static final int RECORDS = 20;

  @TempDir static Path apiFolder;

  @TempDir Path folder;

  private static SeedApiServer api;

  @BeforeAll
  static void startApi() throws Exception {
    Programs.assume("SeedCollectorsTest", "etcd", "kube-apiserver", VictoriaLogs.PROGRAM);
    api = SeedApiServer.start(apiFolder);
    for (String name : List.of(SELECTED, BY_NAMESPACE, WITHOUT, DELETING, DELETED, LATER, UNLABELLED)) {
      api.namespace(name, SHOOT);
    }
    api.namespace(BY_COLLECTOR, OTHER);
    api.namespace(LABELLED, EXCLUDED);
    for (String name : List.of(SELECTED, BY_COLLECTOR, DELETING, DELETED, LABELLED, UNLABELLED)) {
      api.collector(name, "main", COLLECTOR);
    }
    api.collector(BY_NAMESPACE, "main", OTHER_COLLECTOR);
    api.holdCollector(DELETING, "main");
    api.removeCollector(DELETING, "main");
  }

  @AfterAll
  static void stopApi() {
    if (api != null) {
      api.close();
    }
  }

  @Test
  void shouldFollowBothSelectors() throws Exception {
    api.rights(true);
    try (SeedNode node = new SeedNode(folder)) {
      select(node);
      try (HostProcess host = node.start(api.kubeconfig(api.port()))) {
        SeedNode.awaitLines(host, 4, "watches them");
        api.removeCollector(DELETED, "main");
        api.label(LABELLED, "{\"test/excluded\":null}");
        api.label(UNLABELLED, "{\"test/excluded\":\"true\"}");
        // Events come in order: who knows of these knows of what was before them.
        SeedNode.awaitLines(host, 2, "shoot." + LABELLED + ": sends to");
        api.collector(LATER, "main", COLLECTOR);
        SeedNode.awaitLines(host, 2, "shoot." + LATER + ": sends to");
        Map<String, To> expected = new LinkedHashMap<>();
        expected.put(SELECTED, To.SHOOT);
        expected.put(LATER, To.SHOOT);
        expected.put(LABELLED, To.SHOOT);
        expected.put(DELETING, To.SEED);
        expected.put(DELETED, To.BOTH);
        expected.put(UNLABELLED, To.BOTH); // As one that is gone.
        expected.put("garden", To.SEED);
        expected.put(BY_NAMESPACE, To.NOWHERE);
        expected.put(BY_COLLECTOR, To.NOWHERE);
        expected.put(WITHOUT, To.NOWHERE);
        assertRouted(node, host, expected);
      }
    }
  }

  /** What the chart gives the plugin does not hold namespaces. */
  @Test
  void shouldSelectCollectorsOfAllNamespacesWithoutTheRightToSeeThose() throws Exception {
    api.rights(false);
    try (SeedNode node = new SeedNode(folder)) {
      select(node);
      try (HostProcess host = node.start(api.kubeconfig(api.port()))) {
        SeedNode.awaitLines(host, 2, "OpenTelemetryCollectorNamespaceLabelSelector has no effect");
        SeedNode.awaitLines(host, 2, "shoot." + BY_COLLECTOR + ": sends to");
        // The watch is heard: from now on it counts that the API server knows none.
        api.namespace("shoot--made--unselected", OTHER);
        api.collector("shoot--made--unselected", "main", COLLECTOR);
        SeedNode.awaitLines(host, 2, "shoot.shoot--made--unselected: sends to");
        Map<String, To> expected = new LinkedHashMap<>();
        expected.put(SELECTED, To.SHOOT);
        expected.put(BY_COLLECTOR, To.SHOOT);
        expected.put("shoot--made--unselected", To.SHOOT);
        expected.put(DELETING, To.SEED);
        expected.put(BY_NAMESPACE, To.NOWHERE);
        expected.put(WITHOUT, To.NOWHERE);
        assertRouted(node, host, expected);
      }
    }
  }

  private static void select(SeedNode node) {
    node.configuration()
        .output("WatchOpenTelemetryCollector", "true")
        .output("OpenTelemetryCollectorLabelSelector", "gardener.cloud/role=logging,component in (otel,collector)")
        .output("OpenTelemetryCollectorNamespaceLabelSelector", "gardener.cloud/role=shoot,!test/excluded")
        .secondOutput(
            "DQueName", "json",
            "Endpoint", node.prefix() + JSON + SeedNode.SEED,
            "DynamicHostPrefix", node.prefix() + JSON,
            "OpenTelemetryCollectorLabelSelector",
            "{\"matchLabels\":{\"gardener.cloud/role\":\"logging\"},"
                + "\"matchExpressions\":[{\"key\":\"component\",\"operator\":\"In\",\"values\":[\"otel\",\"collector\"]}]}",
            "OpenTelemetryCollectorNamespaceLabelSelector",
            "{\"matchLabels\":{\"gardener.cloud/role\":\"shoot\"},"
                + "\"matchExpressions\":[{\"key\":\"test/excluded\",\"operator\":\"DoesNotExist\"}]}");
  }

  /** Writes records of each namespace, and looks where they have come. */
  private static void assertRouted(SeedNode node, HostProcess host, Map<String, To> expected) throws Exception {
    List<ContainerLogs.Log> logs = new ArrayList<>();
    int unknown = 0;
    for (Map.Entry<String, To> one : expected.entrySet()) {
      ContainerLogs.Log log = node.log(one.getKey());
      logs.add(log);
      if (one.getValue() == To.NOWHERE) {
        log.write(1); // It goes to the seed, until the API server has answered.
        unknown++;
      }
    }
    int answers = 2 * unknown;
    host.await("the answers", () -> node.metric("namespace_questions_total", "absent") == answers);
    node.await(host, answers);
    long incoming = answers;
    for (ContainerLogs.Log log : logs) {
      log.write(RECORDS);
      incoming += 2L * RECORDS * expected.get(log.namespace()).targets();
    }
    node.await(host, incoming);
    for (String prefix : List.of("", JSON)) {
      for (Map.Entry<String, To> one : expected.entrySet()) {
        int early = one.getValue() == To.NOWHERE ? 1 : 0;
        node.arrived.assertCame(prefix, one.getKey(), one.getValue(), RECORDS, early);
      }
    }
    for (String output : List.of("dynamic", "json")) {
      assertEquals(unknown * RECORDS, node.dropped(output, "no_client"), output);
      assertEquals(unknown * RECORDS, node.dropped(output, ""), output);
    }
    assertEquals(0, host.terminate());
  }
}
