package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.e2e.HostProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shoots in each state and of each purpose: where every single record goes, and why those go nowhere that do not.
 * Two outputs get the same records: one as Gardener sets it, and one whose keys for states are at their defaults,
 * and which drops records without metadata.
 */
@Tag("real")
class SeedStatesTest {
  private static final String DEFAULTS = "defaults-";
  private static final String UNKNOWN = "shoot--nobody--knows";
  private static final String LAST = "shoot--made--last";
  private static final int FEWEST = 11;
  private static final int ODD = 7;
  private static final String DELETED = "shoot--deleted--cluster";
  private static final String DELETING = "shoot--deletion--cluster";

  /** A shoot, and where its records are to go as Gardener sets the keys, and at their defaults. */
  private record Case(String name, ShootManifest shoot, To gardener, To defaults, String reason) {
    static Case to(To both, String name, ShootManifest shoot) {
      return new Case(name, shoot, both, both, "");
    }

    static Case dropped(String reason, String name, ShootManifest shoot) {
      return new Case(name, shoot, To.NOWHERE, To.NOWHERE, reason);
    }

    /** In deletion: Gardener does not want such records at the shoot. */
    static Case deletion(String name, ShootManifest shoot) {
      return new Case(name, shoot, To.SEED, To.BOTH, "");
    }
  }

  private static List<Case> cases() {
    ShootManifest ready = ShootManifest.ready();
    List<Case> cases = new ArrayList<>();
    cases.add(Case.deletion("shoot--deletion--shoot", ready.deleting()));
    cases.add(Case.deletion("shoot--deletion--first", ready.deleting().operation("migrate").hibernation(true, true)));
    cases.add(Case.deletion(DELETING, ready));
    cases.add(Case.to(To.BOTH, DELETED, ready));
    cases.add(Case.to(To.BOTH, "shoot--migration--annotated", ready.operation("migrate")));
    cases.add(Case.to(To.BOTH, "shoot--migration--begun", ready.lastOperation("Migrate", "Processing")));
    cases.add(Case.to(To.BOTH, "shoot--migration--failed", ready.lastOperation("Migrate", "Failed")));
    cases.add(Case.to(To.SHOOT, "shoot--migration--done", ready.lastOperation("Migrate", "Succeeded")));
    cases.add(Case.to(To.BOTH, "shoot--restore--annotated", ready.operation("restore").hibernation(true, true)));
    cases.add(Case.to(To.BOTH, "shoot--restore--begun", ready.lastOperation("Restore", "Pending")));
    cases.add(Case.to(To.SHOOT, "shoot--restore--done", ready.lastOperation("Restore", "Succeeded")));
    cases.add(Case.to(To.BOTH, "shoot--creation--new", ShootManifest.create()));
    cases.add(Case.to(To.BOTH, "shoot--creation--begun", ready.lastOperation("Create", "Processing")));
    cases.add(Case.to(To.BOTH, "shoot--creation--error", ready.lastOperation("Create", "Error")));
    cases.add(Case.dropped("muted", "shoot--hibernating--x", ready.hibernation(true, false)));
    cases.add(Case.dropped("muted", "shoot--hibernated--x", ready.hibernation(true, true)));
    cases.add(Case.to(To.SHOOT, "shoot--waking--x", ready.hibernation(false, true)));
    cases.add(Case.to(To.SHOOT, "shoot--ready--created", ready.lastOperation("Create", "Succeeded")));
    cases.add(Case.to(To.SHOOT, "shoot--ready--again", ready.lastOperation("Reconcile", "Processing")));
    cases.add(Case.to(To.SHOOT, "shoot--ready--failed", ready.lastOperation("Reconcile", "Failed")));
    for (String purpose : List.of("evaluation", "development", "production", "infrastructure")) {
      cases.add(Case.to(To.SHOOT, "shoot--purpose--" + purpose, ready.purpose(purpose)));
    }
    cases.add(Case.dropped("testing", "shoot--purpose--testing", ready.purpose("testing")));
    cases.add(Case.dropped("testing", "shoot--purpose--test-new", ShootManifest.create().purpose("testing")));
    cases.add(Case.to(To.SEED, "garden", null));
    cases.add(Case.dropped("no_client", UNKNOWN, null));
    return cases;
  }

  @TempDir Path folder;

  private final Map<String, ContainerLogs.Log> logs = new LinkedHashMap<>();

  @Test
  void shouldBringEachRecordWhereItsShootsStateAndPurposeSay() throws Exception {
    Programs.assume("SeedStatesTest", "etcd", "kube-apiserver", VictoriaLogs.PROGRAM);
    try (SeedApiServer api = SeedApiServer.start(folder.resolve("api"));
        SeedNode node = new SeedNode(folder.resolve("node"))) {
      node.configuration()
          .secondOutput(
              "DQueName", "defaults",
              "Endpoint", node.prefix() + DEFAULTS + SeedNode.SEED,
              "DynamicHostPrefix", node.prefix() + DEFAULTS,
              "SendLogsToSeedWhenShootIsInHibernatedState", "false",
              "SendLogsToShootWhenIsInDeletionState", "true",
              "DropLogEntryWithoutK8sMetadata", "true");
      for (Case one : cases()) {
        if (one.shoot() != null) {
          api.admin().create(one.name(), one.shoot().toString());
        }
        logs.put(one.name(), node.log(one.name()));
      }
      // It stays, as a Cluster does whose extensions are not done with it.
      api.admin().patch(SeedApiServer.CLUSTERS + "/" + DELETING, "{\"metadata\":{\"finalizers\":[\"test/stays\"]}}");
      api.admin().delete(DELETING);
      try (HostProcess host = node.start(api.kubeconfig(api.port()))) {
        run(api, node, host);
      }
    }
  }

  private void run(SeedApiServer api, SeedNode node, HostProcess host) throws Exception {
    SeedNode.awaitLines(host, 2, "watches them");
    api.admin().delete(DELETED);
    // Events come in order: who knows this one knows that the other is gone.
    api.admin().create(LAST, ShootManifest.ready().toString());
    SeedNode.awaitLines(host, 2, "shoot." + LAST + ": sends to");
    // Until the API server has answered, they go to the seed.
    logs.get(UNKNOWN).write(1);
    host.await("the answers", () -> node.metric("namespace_questions_total", "absent") == 2);
    node.await(host, 2);
    int count = FEWEST;
    for (ContainerLogs.Log log : logs.values()) {
      log.write(count++);
    }
    node.writeWithoutMetadata(ODD);
    long incoming = 2 + 2 * ODD;
    for (Case one : cases()) {
      incoming += written(one) * (one.gardener().targets() + one.defaults().targets());
    }
    node.await(host, incoming);

    assertOutput(node, "", "dynamic", Case::gardener, ODD);
    assertOutput(node, DEFAULTS, "defaults", Case::defaults, 0);
    assertEquals(ODD, node.dropped("defaults", "no_metadata"));
    assertEquals(0, host.terminate());
  }

  /** All but the one record that came before the API server's answer. */
  private long written(Case one) {
    return logs.get(one.name()).written() - (one.name().equals(UNKNOWN) ? 1 : 0);
  }

  /** What one output has brought to its backends, and what it has dropped; {@code odd} records are nobody's. */
  private void assertOutput(SeedNode node, String prefix, String output, Function<Case, To> where, int odd)
      throws Exception {
    long seed = 1 + odd;
    Map<String, Long> dropped = new TreeMap<>();
    for (Case one : cases()) {
      To to = where.apply(one);
      long written = written(one);
      node.arrived.assertCame(prefix, one.name(), to, written, one.name().equals(UNKNOWN) ? 1 : 0);
      seed += to.seed() ? written : 0;
      if (to == To.NOWHERE) {
        dropped.merge(one.reason(), written, Long::sum);
      }
    }
    long atSeed = node.arrived.came(prefix + SeedNode.SEED).values().stream().mapToLong(Arrived::records).sum();
    assertEquals(seed, atSeed, output + ": seed");
    assertEquals(dropped.remove("muted"), node.muted(output), output + ": muted");
    for (var reason : dropped.entrySet()) {
      assertEquals(reason.getValue(), node.dropped(output, reason.getKey() + "\""), output + ": " + reason.getKey());
    }
    long all = dropped.values().stream().mapToLong(count -> count).sum();
    assertEquals(all + ODD - odd, node.dropped(output, ""), output + ": dropped for all reasons");
  }
}
