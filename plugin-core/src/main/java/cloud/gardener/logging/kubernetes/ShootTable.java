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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The known shoots. A shoot that is gone is kept for DeletedClientTimeExpiration, in state deleted, and then removed; a
 * shoot that returns earlier counts as never gone.
 *
 * <p>A namespace that, according to the API server, is not a shoot's is remembered as absent, at most {@link
 * #MAX_ABSENT} of them. While the watch reports every change, it stays absent until a shoot appears in it; otherwise
 * for {@link #ABSENT_TTL}. Its records are dropped only while a watch is open: without one, nobody would report that its
 * shoot has been created since. A watch that looks open may be dead: so an answer is due again when {@link #CONFIRM_AFTER}
 * has passed since it was given and since the watch was heard, and a query that fails then takes it back.
 *
 * <p>Only used on the event loop.
 */
final class ShootTable {
  static final int MAX_ABSENT = 256;
  static final Duration ABSENT_TTL = Duration.ofMinutes(1);

  /**
   * Bookmarks come each minute, so on a quiet seed this is how often a node asks about a namespace whose records it drops;
   * and for so long it drops the records of a new shoot if the watch is dead.
   */
  static final Duration CONFIRM_AFTER = Duration.ofSeconds(10);

  private static final Logger LOG = Logger.getLogger(ShootTable.class.getName());

  private final PluginConfig config;
  private final EventLoop eventLoop;
  private final Clock clock;
  private final RoutingListener listener;
  private final Map<String, Shoot> shoots = new HashMap<>();

  /** The namespaces without a shoot, in the order in which they were added, and when that was sure. */
  private final Map<String, Long> absent = new LinkedHashMap<>();

  private Coverage coverage = Coverage.NOTHING;
  private boolean watched;
  private boolean isChanged;

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
    isChanged |= !shoot.equals(shoots.put(namespace, shoot));
  }

  void markGone(String namespace) {
    Shoot shoot = shoots.get(namespace);
    if (shoot == null || shoot.isGone()) {
      return;
    }
    Shoot gone = shoot.toGone(clock.instant());
    shoots.put(namespace, gone);
    isChanged = true;
    eventLoop.schedule(
        () -> removeGone(namespace, gone), config.controller().deletedClientExpiration());
  }

  private void removeGone(String namespace, Shoot gone) {
    // The table has another object if the shoot has returned and is gone again.
    if (shoots.get(namespace) == gone) {
      shoots.remove(namespace);
      isChanged = true;
      publish();
    }
  }

  boolean hasShoot(String namespace) {
    return shoots.containsKey(namespace);
  }

  /** Whether a query about a namespace would tell nothing new. */
  boolean isSettled(String namespace) {
    Long atNs = absent.get(namespace);
    return hasShoot(namespace) || atNs != null && ageNs(atNs) < CONFIRM_AFTER.toNanos();
  }

  /** Records that the API server has no shoot of a namespace. */
  void addAbsent(String namespace) {
    isChanged |= absent.put(namespace, eventLoop.nanoTime()) == null;
    if (absent.size() > MAX_ABSENT) {
      absent.remove(absent.keySet().iterator().next());
    }
    eventLoop.schedule(() -> expireAbsent(namespace), ABSENT_TTL);
  }

  private void expireAbsent(String namespace) {
    Long atNs = absent.get(namespace);
    if (coverage != Coverage.CURRENT && atNs != null && ageNs(atNs) >= ABSENT_TTL.toNanos()) {
      forgetAbsent(namespace);
      publish();
    }
  }

  /** The API server does not say any more that it has no shoot of a namespace. */
  void forgetAbsent(String namespace) {
    isChanged |= absent.remove(namespace) != null;
  }

  /** Every change before this time has been reported, if changes are reported at all. */
  void confirmAbsent(long heardNs) {
    if (coverage == Coverage.CURRENT) {
      absent.replaceAll((namespace, atNs) -> heardNs - atNs > 0 ? heardNs : atNs);
    }
  }

  private long ageNs(long atNs) {
    return eventLoop.nanoTime() - atNs;
  }

  Coverage coverage() {
    return coverage;
  }

  /** Sets how complete the knowledge of the shoots is. */
  void setCoverage(Coverage next) {
    if (next == coverage) {
      return;
    }
    if (coverage == Coverage.CURRENT) {
      absent.clear(); // A shoot may have appeared since without being reported.
    }
    coverage = next;
    isChanged = true;
  }

  /** Sets whether a watch would report a new shoot. */
  void setWatched(boolean next) {
    isChanged |= next != watched && !absent.isEmpty();
    watched = next;
  }

  /** Publishes a new table to the listener if anything has changed. */
  void publish() {
    if (!isChanged) {
      return;
    }
    isChanged = false;
    try {
      listener.onTableChanged(
          new RoutingTable(
              config.dynamicHost(),
              config.states(),
              shoots,
              coverage,
              watched ? Set.copyOf(absent.keySet())::contains : namespace -> false));
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "a defect met a new routing table", e);
    }
  }
}
