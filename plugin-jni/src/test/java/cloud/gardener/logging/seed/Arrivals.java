package cloud.gardener.logging.seed;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What has arrived, asked of VictoriaLogs, where each namespace is a tenant. Records of one source are taken to arrive
 * in order: when so many of a pod can be seen, these are its first.
 */
final class Arrivals {
  /** Where a record comes from. */
  private static final String ORIGIN = "stats by (k8s.namespace.name, k8s.pod.name, origin)";

  private static final String SEEN = "seq | " + ORIGIN + " count() as records";
  private static final String COUNTED =
      "seq" + Arrived.NUMBER + " from _msg | filter number:* | " + ORIGIN + Arrived.COUNTS;

  private final VictoriaLogs logs;
  private final Map<String, Integer> tenants;
  private final Map<String, RecordSource> sources = new HashMap<>();
  private final Delays delays = new Delays();

  /**
   * @param tenants the tenant of each namespace
   */
  Arrivals(VictoriaLogs logs, Map<String, Integer> tenants, List<RecordSource> sources) {
    this.logs = logs;
    this.tenants = tenants;
    sources.forEach(source -> this.sources.put(key(source.namespace(), source.pod()), source));
  }

  private static String key(String namespace, String pod) {
    return namespace + "/" + pod;
  }

  /** Looks what can be seen by now, as a user would. */
  void look() throws IOException, InterruptedException {
    for (int tenant : tenants.values()) {
      List<Map<String, String>> rows = logs.seenRows(tenant, SEEN);
      long nowNs = System.nanoTime();
      for (Map<String, String> row : rows) {
        RecordSource source = source(row, tenant);
        if (source != null) {
          source.see(Long.parseLong(row.get("records")), nowNs, delays);
        }
      }
    }
  }

  Delays delays() {
    return delays;
  }

  /** Counts exactly, when nothing comes any more. */
  Tally count() throws IOException, InterruptedException {
    Map<RecordSource, Arrived> arrived = new HashMap<>();
    sources.values().forEach(source -> arrived.put(source, Arrived.NOTHING));
    long astray = 0;
    for (int tenant : tenants.values()) {
      for (Map<String, String> row : logs.rows(tenant, COUNTED)) {
        RecordSource source = source(row, tenant);
        Arrived some = Arrived.of(row);
        if (source == null) {
          astray += some.records();
        } else {
          arrived.put(source, some);
        }
      }
    }
    return new Tally(arrived, astray);
  }

  /** The source of records, or null where they are not for this tenant. */
  private RecordSource source(Map<String, String> row, int tenant) {
    boolean journal = "systemd".equals(row.get("origin"));
    String namespace = journal ? Services.SEED : row.getOrDefault("k8s.namespace.name", "");
    String pod = journal ? RecordSource.JOURNAL : row.getOrDefault("k8s.pod.name", "");
    return Integer.valueOf(tenant).equals(tenants.get(namespace)) ? sources.get(key(namespace, pod)) : null;
  }

  /**
   * What has come of all records.
   *
   * @param astray records that came to a tenant that is not theirs
   */
  record Tally(Map<RecordSource, Arrived> arrived, long astray) {
    long lost() {
      return arrived.entrySet().stream()
          .mapToLong(entry -> entry.getKey().written() - entry.getValue().distinct())
          .sum();
    }
  }
}
