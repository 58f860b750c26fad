package cloud.gardener.logging.kubernetes;

import cloud.gardener.logging.config.ControllerConfig;
import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.route.RoutingListener;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Watches the shoots of one output, from {@link #start} to {@link #close}. Only used for an output with
 * DynamicHostPath; other outputs do not load these classes.
 *
 * <p>Thread-safe.
 */
public final class ShootController implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(2);
  private static final String CONSEQUENCE =
      "known shoots keep their routes, records of others go to the seed until then";

  private final EventLoopThread thread;
  private final ApiClient api;
  private final List<Reflector> reflectors;
  private final NamespaceQueries queries;

  private ShootController(
      EventLoopThread thread, ApiClient api, List<Reflector> reflectors, NamespaceQueries queries) {
    this.thread = thread;
    this.api = api;
    this.reflectors = reflectors;
    this.queries = queries;
  }

  /**
   * Starts to watch and returns at once, whatever the state of the API server.
   *
   * @param listener notified of each change; it may block, events wait meanwhile
   */
  public static ShootController start(
      PluginConfig config, PluginMetrics metrics, RoutingListener listener) {
    return start(config, metrics, listener, new ApiAccess());
  }

  static ShootController start(
      PluginConfig config, PluginMetrics metrics, RoutingListener listener, ApiAccess access) {
    EventLoopThread thread = new EventLoopThread();
    ApiClient api = new FabricApiClient(access, thread);
    ShootTable table = new ShootTable(config, thread, Clock.systemUTC(), listener);
    DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
    List<Reflector> reflectors =
        reflectors(config.controller(), api, thread, table, metrics, random);
    NamespaceQueries queries = new NamespaceQueries(reflectors, thread, table, metrics, random);
    reflectors.forEach(reflector -> thread.execute(reflector::list));
    return new ShootController(thread, api, reflectors, queries);
  }

  /**
   * Queries the API server whether a namespace that a record names is a shoot's, and notifies the listener. Never
   * blocks; of many namespaces, only a few are queried.
   */
  public void query(String namespace) {
    queries.request(namespace);
  }

  /** Creates the reflectors that fill a table; the caller starts all of them. */
  static List<Reflector> reflectors(
      ControllerConfig config,
      ApiClient api,
      EventLoop eventLoop,
      ShootTable table,
      PluginMetrics metrics,
      DoubleSupplier random) {
    if (!config.watchCollectors()) {
      ResourceKind clusters = ResourceKind.clusters();
      ObjectHandler handler = new ClusterHandler(table, watchLog(clusters, config, eventLoop), metrics);
      return List.of(new Reflector(clusters, api, eventLoop, handler, random));
    }
    ResourceKind collectors = ResourceKind.collectors(config.collectorSelector());
    ResourceKind namespaces = ResourceKind.namespaces(config.namespaceSelector());
    boolean selects = !config.namespaceSelector().isEmpty();
    CollectorHandler handler =
        new CollectorHandler(
            table,
            watchLog(collectors, config, eventLoop),
            selects ? watchLog(namespaces, config, eventLoop) : null,
            metrics);
    Reflector ofCollectors = new Reflector(collectors, api, eventLoop, handler, random);
    return selects
        ? List.of(
            new Reflector(namespaces, api, eventLoop, handler.namespaces(), random), ofCollectors)
        : List.of(ofCollectors);
  }

  private static WatchLog watchLog(ResourceKind resource, ControllerConfig config, EventLoop eventLoop) {
    WatchLog watchLog = new WatchLog(resource.name(), CONSEQUENCE);
    watchLog.warnAfter(eventLoop, config.syncTimeout());
    return watchLog;
  }

  /** Stops. The listener is not called afterwards, unless one of its calls takes longer than a few seconds. */
  @Override
  public void close() {
    thread.execute(
        () -> {
          queries.stop();
          reflectors.forEach(Reflector::stop);
          api.close();
        });
    try {
      thread.close(STOP);
    } catch (InterruptedException e) {
      thread.close();
      Thread.currentThread().interrupt();
    }
  }
}
