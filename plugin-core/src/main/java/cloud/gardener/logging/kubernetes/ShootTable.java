package cloud.gardener.logging.kubernetes;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.ShootState;
import cloud.gardener.logging.route.RoutingListener;
import cloud.gardener.logging.route.RoutingTable;
import cloud.gardener.logging.route.Shoot;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is known of the shoots. A shoot that is gone is kept for DeletedClientTimeExpiration, in state
 * deleted, and then forgotten; one that comes back meanwhile was never gone.
 *
 * <p>On the control thread only.
 */
final class ShootTable {
  private static final Logger LOG = Logger.getLogger(ShootTable.class.getName());

  private final PluginConfig config;
  private final Control control;
  private final Clock clock;
  private final RoutingListener listener;
  private final Map<String, Shoot> shoots = new HashMap<>();
  private boolean complete;
  private boolean changed;

  /**
   * An empty table, which nobody is told of.
   *
   * @param clock for what humans see; control's is for what is due
   */
  ShootTable(PluginConfig config, Control control, Clock clock, RoutingListener listener) {
    this.config = config;
    this.control = control;
    this.clock = clock;
    this.listener = listener;
  }

  /** The namespaces of all shoots, those that are gone included. */
  Set<String> namespaces() {
    return Set.copyOf(shoots.keySet());
  }

  void put(String namespace, ShootState state, boolean testing) {
    Shoot shoot = Shoot.of(state, testing);
    changed |= !shoot.equals(shoots.put(namespace, shoot));
  }

  void gone(String namespace) {
    Shoot shoot = shoots.get(namespace);
    if (shoot == null || shoot.isGone()) {
      return;
    }
    Shoot gone = shoot.gone(clock.instant());
    shoots.put(namespace, gone);
    changed = true;
    control.schedule(
        () -> forget(namespace, gone), config.controller().deletedClientExpiration());
  }

  private void forget(String namespace, Shoot gone) {
    // Another object when it has come back, and gone again.
    if (shoots.get(namespace) == gone) {
      shoots.remove(namespace);
      changed = true;
      publish();
    }
  }

  /** Says whether what is known is all there is. */
  void complete(boolean isComplete) {
    changed |= complete != isComplete;
    complete = isComplete;
  }

  /** Tells the listener, if there is anything new. */
  void publish() {
    if (!changed) {
      return;
    }
    changed = false;
    try {
      listener.changed(
          new RoutingTable(config.dynamicHost(), config.states(), shoots, complete));
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "a defect met a new routing table", e);
    }
  }
}
