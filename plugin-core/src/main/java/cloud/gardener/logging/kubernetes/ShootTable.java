package cloud.gardener.logging.kubernetes;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.route.Coverage;
import cloud.gardener.logging.route.RoutingListener;
import cloud.gardener.logging.route.RoutingTable;
import cloud.gardener.logging.route.Shoot;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is known of the shoots. A shoot that is gone is kept for DeletedClientTimeExpiration, in state
 * deleted, and then forgotten; one that comes back meanwhile was never gone.
 *
 * <p>A namespace that the API server has said to be no shoot's is remembered as absent, at most {@link
 * #MOST_ABSENT} of them: while every change is told, until a shoot of it comes; else for {@link #ABSENT}.
 *
 * <p>On the control thread only.
 */
final class ShootTable {
  static final int MOST_ABSENT = 256;
  static final Duration ABSENT = Duration.ofMinutes(1);

  private static final Logger LOG = Logger.getLogger(ShootTable.class.getName());

  private final PluginConfig config;
  private final Control control;
  private final Clock clock;
  private final RoutingListener listener;
  private final Map<String, Shoot> shoots = new HashMap<>();
  private final Set<String> absent = new LinkedHashSet<>();
  private Coverage coverage = Coverage.NOTHING;
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
    absent.remove(namespace);
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

  /** Whether there is an answer for a namespace. */
  boolean knows(String namespace) {
    return shoots.containsKey(namespace) || absent.contains(namespace);
  }

  /** The API server has no shoot of a namespace. */
  void absent(String namespace) {
    changed |= absent.add(namespace);
    if (absent.size() > MOST_ABSENT) {
      absent.remove(absent.iterator().next());
    }
    control.schedule(() -> doubt(namespace), ABSENT);
  }

  private void doubt(String namespace) {
    if (coverage != Coverage.CURRENT && absent.remove(namespace)) {
      changed = true;
      publish();
    }
  }

  Coverage coverage() {
    return coverage;
  }

  /** Says how much of the shoots is known. */
  void cover(Coverage now) {
    if (now == coverage) {
      return;
    }
    if (coverage == Coverage.CURRENT) {
      absent.clear(); // A shoot may have come since, and not been told.
    }
    coverage = now;
    changed = true;
  }

  /** Tells the listener, if there is anything new. */
  void publish() {
    if (!changed) {
      return;
    }
    changed = false;
    try {
      listener.changed(
          new RoutingTable(
              config.dynamicHost(),
              config.states(),
              shoots,
              coverage,
              Set.copyOf(absent)::contains));
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "a defect met a new routing table", e);
    }
  }
}
