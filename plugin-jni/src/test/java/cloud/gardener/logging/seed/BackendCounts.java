package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.e2e.HostProcess;
import java.io.IOException;
import java.util.BitSet;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** What has come to the backends of a node, as VictoriaLogs says it. */
final class BackendCounts {
  private static final String NAMESPACE = "k8s.namespace.name";

  private final VictoriaLogs logs;
  private final TenantGateway backends;

  BackendCounts(VictoriaLogs logs, TenantGateway backends) {
    this.logs = logs;
    this.backends = backends;
  }

  /** What came of a namespace to a backend. */
  Arrived came(String backend, String namespace) throws IOException, InterruptedException {
    return came(backend).getOrDefault(namespace, Arrived.NOTHING);
  }

  /** All that came to a backend, by namespace; that of records without one is empty. */
  Map<String, Arrived> came(String backend) throws IOException, InterruptedException {
    String query = "*" + Arrived.NUMBER + " | stats by (" + NAMESPACE + ")" + Arrived.COUNTS;
    Map<String, Arrived> came = new TreeMap<>();
    for (Map<String, String> row : logs.rows(backends.tenant(backend), query)) {
      came.put(row.getOrDefault(NAMESPACE, ""), Arrived.of(row));
    }
    return came;
  }

  /**
   * An output has brought so many records of a namespace where they are to go, and nothing else to its shoot.
   *
   * @param prefix of the output's backends
   * @param early records that came before its shoot was asked for; the seed has got them
   */
  void assertCame(String prefix, String namespace, To to, long written, long early)
      throws IOException, InterruptedException {
    String shoot = prefix + namespace;
    assertEquals(to.shoot() ? Map.of(namespace, Arrived.once(written)) : Map.of(), came(shoot), "at " + shoot);
    String seed = prefix + SeedNode.SEED;
    long atSeed = early + (to.seed() ? written : 0);
    assertEquals(Arrived.once(atSeed), came(seed, namespace), namespace + " at " + seed);
  }

  /** Waits until a record of a namespace has come to a backend. */
  void awaitRecord(HostProcess host, String namespace, String backend) throws IOException, InterruptedException {
    host.await("a record of " + namespace + " at " + backend, () -> came(backend, namespace).records() > 0);
  }

  /**
   * Waits until all that was written of some logs has come to the seed, to its shoot, or to both, each record once to
   * each. Whatever the seed has got besides would be found.
   */
  void awaitAll(HostProcess host, Collection<ContainerLogs.Log> written) throws IOException, InterruptedException {
    for (ContainerLogs.Log log : written) {
      host.await(log.written() + " records of " + log.namespace(), () -> distinct(log.namespace()) == log.written());
      assertDistinct(SeedNode.SEED, log.namespace());
      assertDistinct(log.namespace(), log.namespace());
    }
  }

  private void assertDistinct(String backend, String namespace) throws IOException, InterruptedException {
    Arrived came = came(backend, namespace);
    assertEquals(0, came.doubled(), namespace + " at " + backend + ": doubled");
  }

  /** Records of a namespace that have come to the seed, or to its shoot. */
  private long distinct(String namespace) throws IOException, InterruptedException {
    String filter = "\"" + NAMESPACE + "\":=\"" + namespace + "\"";
    BitSet numbers = Arrived.numbers(logs, backends.tenant(SeedNode.SEED), filter);
    numbers.or(Arrived.numbers(logs, backends.tenant(namespace), filter));
    return numbers.cardinality();
  }
}
