package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.kubernetes.ShootController;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.route.RoutingListener;

/** Reports the shoots to an output until it is closed. */
interface ShootWatch extends AutoCloseable {
  /** For an output without shoots. */
  ShootWatch NONE =
      new ShootWatch() {
        @Override
        public void query(String namespace) {}

        @Override
        public void close() {}
      };

  /** A source of shoots. */
  interface Source {
    /** Starts the reports. Does not block. */
    ShootWatch start(PluginConfig config, PluginMetrics metrics, RoutingListener listener);
  }

  /** Watches the API server. */
  static ShootWatch ofApiServer(
      PluginConfig config, PluginMetrics metrics, RoutingListener listener) {
    return of(ShootController.start(config, metrics, listener));
  }

  /** Reports the shoots of a controller. */
  static ShootWatch of(ShootController controller) {
    return new ShootWatch() {
      @Override
      public void query(String namespace) {
        controller.query(namespace);
      }

      @Override
      public void close() {
        controller.close();
      }
    };
  }

  /** Requests whether a namespace belongs to a shoot, and reports the result. Does not block. */
  void query(String namespace);

  @Override
  void close();
}
