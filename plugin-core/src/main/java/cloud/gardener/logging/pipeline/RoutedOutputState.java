package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.metrics.OutputState;
import cloud.gardener.logging.route.Routing;
import cloud.gardener.logging.route.Shoot;
import java.util.Locale;

/** What an output knows about the shoots, for people. Thread-safe. */
final class RoutedOutputState implements OutputState {
  private final PluginConfig config;
  private final Routing routing;

  RoutedOutputState(PluginConfig config, Routing routing) {
    this.config = config;
    this.routing = routing;
  }

  @Override
  public String name() {
    return config.queue().name();
  }

  @Override
  public long maxBytes() {
    return config.queue().totalMaxBytes();
  }

  @Override
  public Watch watch() {
    if (config.dynamicHost().path().isEmpty()) {
      return Watch.NONE;
    }
    return switch (routing.table().coverage()) {
      case NOTHING -> Watch.STARTING;
      case LISTED -> Watch.DISCONNECTED;
      case CURRENT -> Watch.CONNECTED;
    };
  }

  @Override
  public String shootState(String namespace) {
    Shoot shoot = routing.table().shoots().get(namespace);
    if (shoot == null) {
      return "";
    }
    return shoot.testing() ? "testing" : shoot.state().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String explain(String tag, String namespace) {
    return routing.explain(tag, namespace);
  }
}
