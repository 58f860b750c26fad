package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.intake.Target;
import cloud.gardener.logging.intake.TargetDirectory;
import cloud.gardener.logging.log.ThrottledLog;
import cloud.gardener.logging.migration.Importer;
import cloud.gardener.logging.queue.QueueException;
import cloud.gardener.logging.route.Coverage;
import cloud.gardener.logging.route.Routing;
import cloud.gardener.logging.route.RoutingListener;
import cloud.gardener.logging.route.RoutingTable;
import cloud.gardener.logging.route.Shoot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The shoots' targets of one output: created before the first record can be routed to them, and removed when their
 * shoot has been gone for DeletedClientTimeExpiration.
 *
 * <ul>
 *   <li>A muted shoot keeps its target, which continues to send waiting entries.
 *   <li>A queue of an earlier run is opened at once and sends. Its shoot may be gone: once the API server has listed
 *       all shoots and it is not among them, DeletedClientTimeExpiration starts. While the API server does not
 *       respond, only shoots that it reported as gone are dropped.
 *   <li>At its end, a target is drained for {@link #LAST_GRACE}; the remaining entries are dropped and counted.
 *   <li>A target that cannot be created is retried every {@link #RETRY_INTERVAL}; meanwhile Fluent Bit keeps the
 *       records for it.
 * </ul>
 *
 * <p>Thread-safe. {@link #find} takes no lock. Work that may wait for a disk or a backend runs as {@link
 * BackgroundTasks}, except for the creation of targets for a new table.
 */
final class ShootTargets implements RoutingListener, TargetDirectory {
  static final Duration LAST_GRACE = Duration.ofSeconds(2);
  static final Duration RETRY_INTERVAL = Duration.ofSeconds(5);

  private static final Logger LOG = Logger.getLogger(ShootTargets.class.getName());

  private final Targets factory;
  private final Importer importer;
  private final Routing routing;
  private final LongSupplier nanoTime;
  private final long expirationNs;
  private final BackgroundTasks background;
  private final Duration lastGrace;
  private final ThrottledLog failedLog = new ThrottledLog(LOG, Level.SEVERE);

  private final Map<String, Target> targets = new ConcurrentHashMap<>();

  // Guarded by this.
  private final Set<String> ending = new HashSet<>();
  private final Set<String> failing = new HashSet<>();
  private final Set<String> reportedByTable = new HashSet<>();
  private final Map<String, Long> unwantedSinceNs = new HashMap<>();
  private RoutingTable table;
  private boolean stopped;

  ShootTargets(
      PluginConfig config,
      Targets factory,
      Importer importer,
      LongSupplier nanoTime,
      Routing routing,
      BackgroundTasks background,
      Duration lastGrace) {
    this.factory = factory;
    this.importer = importer;
    this.routing = routing;
    this.nanoTime = nanoTime;
    this.expirationNs = config.controller().deletedClientExpiration().toNanos();
    this.background = background;
    this.lastGrace = lastGrace;
    for (String namespace : factory.shootsWithEntries()) {
      background.execute(() -> open(namespace));
    }
  }

  @Override
  public Target find(String namespace) {
    return targets.get(namespace);
  }

  @Override
  public int size() {
    return targets.size() + 1;
  }

  Collection<Target> all() {
    return targets.values();
  }

  @Override
  public synchronized void onTableChanged(RoutingTable newTable) {
    table = newTable;
    openMissing();
    routing.setTable(newTable);
    background.execute(this::removeExpired);
  }

  /** Creates the wanted targets that do not exist. */
  private synchronized void openMissing() {
    for (Map.Entry<String, Shoot> shoot : table.shoots().entrySet()) {
      reportedByTable.add(shoot.getKey());
      if (!shoot.getValue().testing()) {
        unwantedSinceNs.remove(shoot.getKey());
        open(shoot.getKey());
        startImport(shoot.getKey());
      }
    }
    reportedByTable.removeIf(
        name ->
            !table.shoots().containsKey(name)
                && !targets.containsKey(name)
                && !failing.contains(name));
  }

  private synchronized void open(String namespace) {
    if (stopped
        || targets.containsKey(namespace)
        || ending.contains(namespace)
        || failing.contains(namespace)) {
      return;
    }
    try {
      targets.put(namespace, factory.openShoot(namespace));
    } catch (QueueException | ExportException | RuntimeException e) {
      failedLog.log(
          () -> namespace + ": its target cannot be made, tried again soon: " + e.getMessage());
      failing.add(namespace); // There is one pending attempt, however many tables arrive.
      background.schedule(() -> retryOpen(namespace), RETRY_INTERVAL);
    }
  }

  /** Imports what the plugin in Go left for a shoot that is known, before any record can be routed to it. */
  private void startImport(String namespace) {
    Target target = targets.get(namespace);
    if (target != null) {
      importer.importShoot(namespace, target);
    }
  }

  private synchronized void retryOpen(String namespace) {
    failing.remove(namespace);
    Shoot shoot = table == null ? null : table.shoots().get(namespace);
    if (shoot == null ? !reportedByTable.contains(namespace) : !shoot.testing()) {
      open(namespace);
    }
    if (shoot != null && !shoot.testing()) {
      startImport(namespace);
    }
  }

  /** Removes the expired targets. Runs on the thread of the background tasks. */
  private void removeExpired() {
    Map<String, Target> expired = detachExpired();
    if (expired.isEmpty()) {
      return;
    }
    try {
      Drain.all(expired.values(), lastGrace, nanoTime);
      for (Target target : expired.values()) {
        factory.remove(target);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    onRemoved(expired.keySet());
  }

  private synchronized void onRemoved(Set<String> namespaces) {
    ending.removeAll(namespaces);
    openMissing(); // One of them may be wanted again.
  }

  private synchronized Map<String, Target> detachExpired() {
    Map<String, Target> expired = new HashMap<>();
    if (stopped) {
      return expired;
    }
    long nowNs = nanoTime.getAsLong();
    for (String namespace : targets.keySet()) {
      if (isExpired(namespace, nowNs)) {
        expired.put(namespace, targets.remove(namespace));
        importer.stopImport(namespace);
        ending.add(namespace);
        reportedByTable.remove(namespace);
        unwantedSinceNs.remove(namespace);
      }
    }
    return expired;
  }

  private boolean isExpired(String namespace, long nowNs) {
    Shoot shoot = table.shoots().get(namespace);
    if (shoot != null && !shoot.testing()) {
      return false;
    }
    if (shoot == null && reportedByTable.contains(namespace)) {
      return true; // The table already kept it for the whole expiration time.
    }
    if (table.coverage() != Coverage.CURRENT) {
      return false;
    }
    Long sinceNs = unwantedSinceNs.get(namespace);
    if (sinceNs == null) {
      unwantedSinceNs.put(namespace, nowNs);
      background.schedule(this::removeExpired, Duration.ofNanos(expirationNs));
      return expirationNs == 0;
    }
    return nowNs - sinceNs >= expirationNs;
  }

  /** Stops the creation and removal of targets, after the removal in progress. */
  void stop() throws InterruptedException {
    synchronized (this) {
      stopped = true;
    }
    background.close();
  }

  /** Closes the targets, after {@link #stop}. */
  void close() throws InterruptedException {
    List<Target> all = new ArrayList<>(targets.values());
    targets.clear();
    for (Target target : all) {
      factory.close(target);
    }
  }
}
