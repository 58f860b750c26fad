package cloud.gardener.logging.kubernetes;

import static java.util.stream.Collectors.toSet;

import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.metrics.ErrorType;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.route.Coverage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;

/**
 * Derives shoots from OpenTelemetryCollectors: a namespace is a shoot's if it has a collector and the namespace
 * selector selects it. Such a shoot is ready, or in deletion if all of its collectors are being deleted.
 *
 * <p>Only used on the event loop.
 */
final class CollectorHandler extends WatchedHandler {
  private static final Logger LOG = Logger.getLogger(CollectorHandler.class.getName());

  private final ShootTable table;
  private final Namespaces namespaces;

  /** By namespace and name: whether the collector is being deleted. */
  private final Map<String, Map<String, Boolean>> collectors = new HashMap<>();

  /**
   * Creates a handler.
   *
   * @param namespaceLog null if all namespaces are selected
   */
  CollectorHandler(
      ShootTable table, WatchLog watchLog, WatchLog namespaceLog, PluginMetrics metrics) {
    super(watchLog, metrics);
    this.table = table;
    this.namespaces = namespaceLog == null ? null : new Namespaces(namespaceLog, metrics);
  }

  /** Returns the handler of the selected namespaces, or null if all are selected. */
  ObjectHandler namespaces() {
    return namespaces;
  }

  @Override
  public void listed(List<ApiObject> all) {
    collectors.clear();
    all.forEach(this::put);
    watchLog.listed(all.size());
    refreshAll();
  }

  @Override
  public void updated(ApiObject collector) {
    put(collector);
    refreshAndPublish(collector.namespace());
  }

  private void put(ApiObject collector) {
    collectors
        .computeIfAbsent(collector.namespace(), name -> new HashMap<>())
        .put(collector.name(), collector.deleting());
  }

  @Override
  public void deleted(ApiObject collector) {
    collectors.computeIfPresent(
        collector.namespace(),
        (namespace, names) -> {
          names.remove(collector.name());
          return names.isEmpty() ? null : names;
        });
    refreshAndPublish(collector.namespace());
  }

  private void refreshAll() {
    Set<String> names = new HashSet<>(table.namespaces());
    names.addAll(collectors.keySet());
    names.forEach(this::refresh);
    publish();
  }

  private void refreshAndPublish(String namespace) {
    refresh(namespace);
    publish();
  }

  private void refresh(String namespace) {
    Map<String, Boolean> deleting = collectors.get(namespace);
    if (deleting == null || namespaces != null && !namespaces.selects(namespace)) {
      table.markGone(namespace);
    } else {
      boolean allDeleting = deleting.values().stream().allMatch(isDeleting -> isDeleting);
      table.put(namespace, allDeleting ? ShootState.DELETION : ShootState.READY, false);
    }
  }

  @Override
  void publish() {
    Coverage coverage = watchLog.coverage();
    table.setCoverage(namespaces == null ? coverage : coverage.min(namespaces.coverage()));
    table.setWatched(watchLog.isOpen() && (namespaces == null || namespaces.isOpen()));
    table.confirmAbsent(namespaces == null ? watchLog.heardNs() : namespaces.earlierHeardNs(watchLog.heardNs()));
    table.publish();
  }

  /** The selected namespaces; all of them while listing is denied. */
  private final class Namespaces extends WatchedHandler {
    private final Set<String> selected = new HashSet<>();
    private boolean denied;

    Namespaces(WatchLog watchLog, PluginMetrics metrics) {
      super(watchLog, metrics);
    }

    boolean selects(String namespace) {
      return denied || selected.contains(namespace);
    }

    boolean isOpen() {
      return denied || watchLog.isOpen();
    }

    /** Both watches have reported every change before this time. */
    long earlierHeardNs(long ofCollectorsNs) {
      return denied || ofCollectorsNs - watchLog.heardNs() < 0 ? ofCollectorsNs : watchLog.heardNs();
    }

    Coverage coverage() {
      return denied ? Coverage.CURRENT : watchLog.coverage();
    }

    @Override
    public void listed(List<ApiObject> all) {
      selected.clear();
      selected.addAll(all.stream().map(ApiObject::name).collect(toSet()));
      denied = false;
      watchLog.listed(all.size());
      refreshAll();
    }

    @Override
    public void updated(ApiObject namespace) {
      selected.add(namespace.name());
      refreshAndPublish(namespace.name());
    }

    @Override
    public void deleted(ApiObject namespace) {
      selected.remove(namespace.name());
      refreshAndPublish(namespace.name());
    }

    @Override
    public void failed(WatchProblem problem) {
      metrics.error(ErrorType.WATCH);
      if (problem.kind() == WatchProblem.Kind.DENIED && !watchLog.isSynced() && !denied) {
        denied = true;
        LOG.warning(
            () ->
                "OpenTelemetryCollectorNamespaceLabelSelector has no effect, collectors of all"
                    + " namespaces count: to list and watch namespaces, "
                    + problem.text());
      } else if (!denied) {
        watchLog.failed(problem);
      }
      refreshAll();
    }

    @Override
    void publish() {
      CollectorHandler.this.publish();
    }
  }
}
