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
 * The known shoots. A shoot that is gone is kept for DeletedClientTimeExpiration, in state deleted, and then removed; a
 * shoot that returns earlier counts as never gone.
 *
 * <p>A namespace that, according to the API server, is not a shoot's is remembered as absent, at most {@link
 * #MOST_ABSENT} of them. While the watch reports every change, it stays absent until a shoot appears in it; otherwise
 * for {@link #ABSENT}.
 *
 * <p>Only used on the event loop.
 */
final class ShootTable {
  static final int MOST_ABSENT = 256;
  static final Duration ABSENT = Duration.ofMinutes(1);

  private static final Logger LOG = Logger.getLogger(ShootTable.class.getName());

  private final PluginConfig config;
  private final EventLoop eventLoop;
  private final Clock clock;
  private final RoutingListener listener;
  private final Map<String, Shoot> shoots = new HashMap<>();
  private final Set<String> absent = new LinkedHashSet<>();
  private Coverage coverage = Coverage.NOTHING;
  private boolean changed;

  /**
   * Creates an empty table and does not publish it.
   *
   * @param clock for times that humans see; timers use the clock of the event loop
   */
  ShootTable(PluginConfig config, EventLoop eventLoop, Clock clock, RoutingListener listener) {
    this.config = config;
    this.eventLoop = eventLoop;
    this.clock = clock;
    this.listener = listener;
  }

  /** The namespaces of all shoots, including those that are gone. */
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
    eventLoop.schedule(
        () -> forget(namespace, gone), config.controller().deletedClientExpiration());
  }

  private void forget(String namespace, Shoot gone) {
    // The table has another object if the shoot has returned and is gone again.
    if (shoots.get(namespace) == gone) {
      shoots.remove(namespace);
      changed = true;
      publish();
    }
  }

  /** Whether the state of a namespace is known. */
  boolean knows(String namespace) {
    return shoots.containsKey(namespace) || absent.contains(namespace);
  }

  /** Records that the API server has no shoot of a namespace. */
  void absent(String namespace) {
    changed |= absent.add(namespace);
    if (absent.size() > MOST_ABSENT) {
      absent.remove(absent.iterator().next());
    }
    eventLoop.schedule(() -> doubt(namespace), ABSENT);
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

  /** Sets how complete the knowledge of the shoots is. */
  void cover(Coverage now) {
    if (now == coverage) {
      return;
    }
    if (coverage == Coverage.CURRENT) {
      absent.clear(); // A shoot may have appeared since without being reported.
    }
    coverage = now;
    changed = true;
  }

  /** Publishes a new table to the listener if anything has changed. */
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
