package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.kubernetes.ShootController;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.route.RoutingListener;

/** Tells an output of the shoots, until it is closed. */
interface ShootWatch extends AutoCloseable {
  /** Where shoots are known. */
  interface Source {
    /** Begins to tell, and waits for nothing. */
    ShootWatch start(PluginConfig config, PluginMetrics metrics, RoutingListener listener);
  }

  /** Watches the API server. */
  static ShootWatch ofApiServer(
      PluginConfig config, PluginMetrics metrics, RoutingListener listener) {
    return ShootController.start(config, metrics, listener)::close;
  }

  @Override
  void close();
}
