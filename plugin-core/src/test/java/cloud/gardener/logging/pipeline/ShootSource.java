package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.route.Coverage;
import cloud.gardener.logging.route.RoutingListener;
import cloud.gardener.logging.route.RoutingTable;
import cloud.gardener.logging.route.Shoot;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Tells an output of shoots as a test says. */
public final class ShootSource implements ShootWatch.Source, ShootWatch {
  private final Map<String, Shoot> shoots = new TreeMap<>();
  private final Set<String> queried = ConcurrentHashMap.newKeySet();
  private PluginConfig config;
  private RoutingListener listener;

  @Override
  public ShootWatch start(PluginConfig section, PluginMetrics metrics, RoutingListener listener) {
    config = section;
    this.listener = listener;
    return this;
  }

  @Override
  public void query(String namespace) {
    queried.add(namespace);
  }

  @Override
  public void close() {}

  /** Namespaces that were queried. */
  Set<String> queried() {
    return queried;
  }

  public ShootSource with(String namespace, ShootState state) {
    shoots.put(namespace, Shoot.of(state, false));
    return this;
  }

  ShootSource testing(String namespace) {
    shoots.put(namespace, Shoot.of(ShootState.READY, true));
    return this;
  }

  ShootSource without(String namespace) {
    shoots.remove(namespace);
    return this;
  }

  /** Publishes what is known; it is all there is. */
  public void publish() {
    publish(true);
  }

  void publish(boolean complete) {
    listener.onTableChanged(table(complete));
  }

  /** What is known. */
  public RoutingTable table() {
    return table(true);
  }

  private RoutingTable table(boolean complete) {
    Coverage coverage = complete ? Coverage.CURRENT : Coverage.LISTED;
    return new RoutingTable(
        config.dynamicHost(), config.states(), shoots, coverage, namespace -> complete);
  }
}
