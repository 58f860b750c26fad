package cloud.gardener.logging.kubernetes;

import static java.util.stream.Collectors.toSet;

import cloud.gardener.logging.metrics.ErrorType;
import cloud.gardener.logging.metrics.PluginMetrics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;

/**
 * Derives shoots from Clusters: each contains its shoot as JSON, and its name is the shoot's namespace. A Cluster
 * without a readable shoot leaves the known shoot unchanged.
 *
 * <p>Only used on the event loop.
 */
final class ClusterHandler extends WatchedHandler {
  private static final Logger LOG = Logger.getLogger(ClusterHandler.class.getName());

  private final ShootTable table;

  /** The version of each Cluster without a shoot for which a warning was logged. */
  private final Map<String, String> warnedVersions = new HashMap<>();

  ClusterHandler(ShootTable table, WatchLog watchLog, PluginMetrics metrics) {
    super(watchLog, metrics);
    this.table = table;
  }

  @Override
  public void listed(List<ApiObject> all) {
    Set<String> names = all.stream().map(ApiObject::name).collect(toSet());
    all.forEach(this::apply);
    table.namespaces().stream().filter(name -> !names.contains(name)).forEach(table::markGone);
    warnedVersions.keySet().retainAll(names);
    watchLog.listed(all.size());
    publish();
  }

  @Override
  public void updated(ApiObject cluster) {
    apply(cluster);
    publish();
  }

  private void apply(ApiObject cluster) {
    String name = cluster.name();
    if (cluster.shoot() != null) {
      warnedVersions.remove(name);
      table.put(name, cluster.shoot().state(), cluster.shoot().isTesting());
    } else if (!cluster.version().equals(warnedVersions.put(name, cluster.version()))) {
      metrics.error(ErrorType.CAN_NOT_EXTRACT_SHOOT);
      LOG.warning(
          () ->
              "Cluster " + name + " of version " + cluster.version()
                  + " has no shoot, or one that is no JSON object, in spec.shoot; what it stood for"
                  + " stays as it is");
    }
  }

  @Override
  public void deleted(ApiObject cluster) {
    warnedVersions.remove(cluster.name());
    table.markGone(cluster.name());
    publish();
  }

  @Override
  void publish() {
    table.setCoverage(watchLog.coverage());
    table.setWatched(watchLog.isOpen());
    table.confirmAbsent(watchLog.heardNs());
    table.publish();
  }
}
