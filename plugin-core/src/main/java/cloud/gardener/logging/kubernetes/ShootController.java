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

  private final ControlThread thread;
  private final Api api;
  private final List<Reflector> reflectors;
  private final Questions questions;

  private ShootController(
      ControlThread thread, Api api, List<Reflector> reflectors, Questions questions) {
    this.thread = thread;
    this.api = api;
    this.reflectors = reflectors;
    this.questions = questions;
  }

  /**
   * Starts to watch and returns at once, whatever the state of the API server.
   *
   * @param listener notified of each change; it may block, events wait meanwhile
   */
  public static ShootController start(
      PluginConfig config, PluginMetrics metrics, RoutingListener listener) {
    return start(config, metrics, listener, new Access());
  }

  static ShootController start(
      PluginConfig config, PluginMetrics metrics, RoutingListener listener, Access access) {
    ControlThread thread = new ControlThread();
    Api api = new FabricApi(access, thread);
    ShootTable table = new ShootTable(config, thread, Clock.systemUTC(), listener);
    DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
    List<Reflector> reflectors =
        reflectors(config.controller(), api, thread, table, metrics, random);
    Questions questions = new Questions(reflectors, thread, table, metrics, random);
    reflectors.forEach(reflector -> thread.execute(reflector::list));
    return new ShootController(thread, api, reflectors, questions);
  }

  /**
   * Queries the API server whether a namespace that a record names is a shoot's, and notifies the listener. Never
   * blocks; of many namespaces, only a few are queried.
   */
  public void ask(String namespace) {
    questions.ask(namespace);
  }

  /** Creates the reflectors that fill a table; the caller starts all of them. */
  static List<Reflector> reflectors(
      ControllerConfig config,
      Api api,
      Control control,
      ShootTable table,
      PluginMetrics metrics,
      DoubleSupplier random) {
    if (!config.watchCollectors()) {
      Resource clusters = Resource.clusters();
      Mirror mirror = new ClusterMirror(table, progress(clusters, config, control), metrics);
      return List.of(new Reflector(clusters, api, control, mirror, random));
    }
    Resource collectors = Resource.collectors(config.collectorSelector());
    Resource namespaces = Resource.namespaces(config.namespaceSelector());
    boolean selects = !config.namespaceSelector().isEmpty();
    CollectorMirror mirror =
        new CollectorMirror(
            table,
            progress(collectors, config, control),
            selects ? progress(namespaces, config, control) : null,
            metrics);
    Reflector ofCollectors = new Reflector(collectors, api, control, mirror, random);
    return selects
        ? List.of(
            new Reflector(namespaces, api, control, mirror.namespaces(), random), ofCollectors)
        : List.of(ofCollectors);
  }

  private static Progress progress(Resource resource, ControllerConfig config, Control control) {
    Progress progress = new Progress(resource.name(), CONSEQUENCE);
    progress.expect(control, config.syncTimeout());
    return progress;
  }

  /** Stops. The listener is not called afterwards, unless one of its calls takes longer than a few seconds. */
  @Override
  public void close() {
    thread.execute(
        () -> {
          questions.stop();
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
