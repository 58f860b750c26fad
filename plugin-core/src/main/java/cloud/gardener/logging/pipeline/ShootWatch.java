package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.kubernetes.ShootController;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.route.RoutingListener;

/** Tells an output of the shoots, until it is closed. */
interface ShootWatch extends AutoCloseable {
  /** Of an output without shoots. */
  ShootWatch NONE =
      new ShootWatch() {
        @Override
        public void ask(String namespace) {}

        @Override
        public void close() {}
      };

  /** Where shoots are known. */
  interface Source {
    /** Begins to tell, and waits for nothing. */
    ShootWatch start(PluginConfig config, PluginMetrics metrics, RoutingListener listener);
  }

  /** Watches the API server. */
  static ShootWatch ofApiServer(
      PluginConfig config, PluginMetrics metrics, RoutingListener listener) {
    return of(ShootController.start(config, metrics, listener));
  }

  /** What a controller tells. */
  static ShootWatch of(ShootController controller) {
    return new ShootWatch() {
      @Override
      public void ask(String namespace) {
        controller.ask(namespace);
      }

      @Override
      public void close() {
        controller.close();
      }
    };
  }

  /** Finds out whether a namespace is a shoot's, and tells that; waits for nothing. */
  void ask(String namespace);

  @Override
  void close();
}
