package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.intake.ChunkIntake;
import cloud.gardener.logging.intake.FlushResult;
import cloud.gardener.logging.intake.Target;
import cloud.gardener.logging.metrics.ErrorType;
import cloud.gardener.logging.migration.Flock;
import cloud.gardener.logging.migration.Importer;
import cloud.gardener.logging.metrics.OutputState;
import cloud.gardener.logging.queue.QueueException;
import cloud.gardener.logging.route.Routing;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One {@code [OUTPUT]} section: its life cycle from {@link #open} to {@link #close}, and the targets that it owns.
 * The {@link ChunkIntake} processes the chunks.
 *
 * <p>{@link #flush} may be called by several threads concurrently. {@link #close()} is called once, when no flush is
 * running.
 */
public final class Output implements AutoCloseable {
  private final PluginConfig config;
  private final ProcessServices services;
  private final Targets targets;
  private final Target seed;
  private final ShootTargets shoots;
  private final ShootWatch watch;
  private final Importer importer;
  private final OutputState state;
  private final ChunkIntake intake;

  private Output(
      PluginConfig config,
      ProcessServices services,
      Targets targets,
      Target seed,
      Routing routing,
      ShootTargets shoots,
      ShootWatch watch,
      Importer importer) {
    this.config = config;
    this.services = services;
    this.targets = targets;
    this.seed = seed;
    this.shoots = shoots;
    this.watch = watch;
    this.importer = importer;
    this.state = new RoutedOutputState(config, routing);
    this.intake =
        new ChunkIntake(
            config,
            services.metrics(),
            routing,
            seed,
            shoots,
            targets::storeChunk,
            services.workers()::nanoTime);
  }

  /**
   * Starts an output: recovers its queues, starts to send the entries of an earlier run, and with DynamicHostPath
   * watches the shoots. Imports what the plugin in Go left. Waits for no backend, no API server and no import.
   *
   * @param flock locks the queues of the plugin in Go
   * @throws QueueException when a queue's folder cannot be used
   * @throws ExportException when the targets cannot be created from their keys; both messages are one line for the
   *     user
   */
  public static Output open(PluginConfig config, Flock flock)
      throws QueueException, ExportException {
    return open(config, flock, ShootWatch::ofApiServer);
  }

  static Output open(PluginConfig config, Flock flock, ShootWatch.Source source)
      throws QueueException, ExportException {
    return open(config, flock, source, ShootTargets.LAST_GRACE);
  }

  static Output open(
      PluginConfig config, Flock flock, ShootWatch.Source source, Duration lastGrace)
      throws QueueException, ExportException {
    ProcessServices services = ProcessServices.acquire(config);
    CloseSteps steps = new CloseSteps();
    steps.add("the process's services", services::release);
    boolean opened = false;
    try {
      Targets targets = new Targets(config, services);
      steps.add("the queues' folder", targets::close);
      Target seed = targets.openSeed();
      steps.add("the seed's target", () -> targets.close(seed));
      Routing routing = new Routing(config);
      Importer importer =
          new Importer(config, flock, () -> services.metrics().error(ErrorType.IMPORT));
      steps.add("the import", importer::stop);
      importer.importSeed(seed);
      BackgroundTasks background = new BackgroundTasks(!config.dynamicHost().path().isEmpty());
      ShootTargets shoots =
          new ShootTargets(
              config, targets, importer, services.workers()::nanoTime, routing, background, lastGrace);
      steps.add("the shoots' targets", shoots::close);
      steps.add("the shoots' targets", shoots::stop);
      ShootWatch watch =
          config.dynamicHost().path().isEmpty()
              ? ShootWatch.NONE
              : source.start(config, services.metrics(), shoots);
      steps.add("the watch", watch::close);
      routing.setQueryListener(watch::query);
      Output output = new Output(config, services, targets, seed, routing, shoots, watch, importer);
      services.metrics().outputStarted(output.state);
      opened = true;
      return output;
    } finally {
      if (!opened) {
        steps.close();
      }
    }
  }

  /** The path and the proxy of the requests to the seed's backend, as the log shows them; may be empty. */
  public String seedRoute() {
    return targets.seedRoute();
  }

  /** Counts an output that could not start, because of its configuration or anything else. */
  public static void countRefused() {
    ProcessServices.countRefused();
  }

  /**
   * Accepts one chunk.
   *
   * @param chunk Fluent Bit's log events; read only during the call
   * @param tag Fluent Bit's tag of the chunk
   */
  public FlushResult flush(ByteBuffer chunk, String tag) {
    return intake.flush(chunk, tag);
  }

  /**
   * Sends what the backends accept within {@code ShutdownGrace}, concurrently, leaves the rest on disk, and releases
   * all resources. Returns after the grace and a few seconds at the latest; an unresponsive disk may add a few
   * seconds per target.
   */
  @Override
  public void close() {
    CloseSteps steps = new CloseSteps();
    steps.add("the process's services", services::release);
    steps.add("the queues' folder", targets::close);
    steps.add("the shoots' targets", shoots::close);
    steps.add("the seed's target", () -> targets.close(seed));
    steps.add("what waits", this::drain);
    steps.add("the import", importer::stop);
    steps.add("the shoots' targets", shoots::stop);
    steps.add("the watch of the shoots", watch::close);
    steps.add("the output's state", () -> services.metrics().outputStopped(state));
    steps.close();
  }

  private void drain() throws InterruptedException {
    List<Target> all = new ArrayList<>(shoots.all());
    all.add(seed);
    Drain.all(all, config.shutdownGrace(), services.workers()::nanoTime);
  }
}
