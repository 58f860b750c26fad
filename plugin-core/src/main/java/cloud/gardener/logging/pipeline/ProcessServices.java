package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.Version;
import cloud.gardener.logging.delivery.StepExecutor;
import cloud.gardener.logging.delivery.WorkerThreads;
import cloud.gardener.logging.export.clients.ExportClients;
import cloud.gardener.logging.intake.Target;
import cloud.gardener.logging.metrics.ErrorType;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.metrics.TrafficHistory;
import cloud.gardener.logging.metrics.server.HealthWatch;
import cloud.gardener.logging.metrics.server.MetricsServer;
import cloud.gardener.logging.sdk.SdkTelemetry;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * The services that all outputs of the process share: worker threads, connections, metrics and their server. Created
 * with the first output and closed with the last, so that a hot reload leaves no thread and no open file behind.
 *
 * <p>Thread-safe.
 */
final class ProcessServices {
  private static final Logger LOG = Logger.getLogger(ProcessServices.class.getName());

  // Static, because Fluent Bit loads the plugin once for all outputs and passes nothing that they share.
  private static ProcessServices current;

  /** Number of refused outputs that are not counted yet, because there were no metrics. */
  private static int refusedOutputs;

  private final WorkerThreads workers = new WorkerThreads();
  private final PluginMetrics metrics = new PluginMetrics(Version.current());
  private final ExportClients clients = 
      new ExportClients(
          (server, method, status, durationNanos, requestBytes, responseBytes) ->
              metrics.requestEnded(
                  server.host(), method, status, durationNanos, requestBytes, responseBytes));
  private final TargetLog shootLog = TargetLog.ofShoots(workers);
  private final Set<Target> seeds = ConcurrentHashMap.newKeySet();
  private final Set<Target> shoots = ConcurrentHashMap.newKeySet();
  private final int port;
  private final String address;
  private final HealthWatch health;
  private final MetricsServer server;
  private SdkTelemetry sdkTelemetry;
  private int users;

  private ProcessServices(PluginConfig config) {
    this.port = config.metricsPort();
    this.address = config.metricsAddress();
    this.health = HealthWatch.start(this::problem, config.fluentBitMetricsPort());
    this.server = MetricsServer.start(address, port, metrics, health);
    scheduleSample();
  }

  /** On the workers' threads: no page needs a thread of its own. Ends with them. */
  private void scheduleSample() {
    workers.schedule(
        () -> {
          metrics.sampleTraffic();
          scheduleSample();
        },
        TimeUnit.SECONDS.toNanos(TrafficHistory.PERIOD_SECONDS));
  }

  /** The process's services; each call requires one {@link #release()}. */
  static synchronized ProcessServices acquire(PluginConfig config) {
    if (current == null) {
      current = new ProcessServices(config);
      for (; refusedOutputs > 0; refusedOutputs--) {
        current.metrics.error(ErrorType.INIT);
      }
    } else {
      warnIfDifferent("MetricsPort", config.metricsPort(), current.port);
      warnIfDifferent("MetricsAddress", config.metricsAddress(), current.address);
    }
    if (config.pprof()) {
      current.server.serveProfiles();
    }
    current.users++;
    return current;
  }

  private static void warnIfDifferent(String key, Object wanted, Object chosen) {
    if (!wanted.equals(chosen)) {
      LOG.warning(
          () -> key + " " + wanted + " has no effect: another output of this process has chosen " + chosen);
    }
  }

  /** Counts an output that could not start. */
  static synchronized void countRefused() {
    if (current == null) {
      refusedOutputs++;
    } else {
      current.metrics.error(ErrorType.INIT);
    }
  }

  void release() {
    synchronized (ProcessServices.class) {
      if (--users > 0) {
        return;
      }
      current = null;
    }
    server.close();
    health.close();
    workers.close();
    clients.close();
    closeSdkTelemetry();
    metrics.close();
  }

  StepExecutor workers() {
    return workers;
  }

  PluginMetrics metrics() {
    return metrics;
  }

  ExportClients clients() {
    return clients;
  }

  /** The log of the targets of all shoots. */
  TargetLog shootLog() {
    return shootLog;
  }

  /** The SDK's own metrics; created on first use, so that the classes are not loaded before. */
  synchronized SdkTelemetry sdkTelemetry() {
    if (sdkTelemetry == null) {
      sdkTelemetry = new SdkTelemetry();
      metrics.register(sdkTelemetry);
    }
    return sdkTelemetry;
  }

  private synchronized void closeSdkTelemetry() {
    if (sdkTelemetry != null) {
      sdkTelemetry.close();
    }
  }

  /** Adds a seed's target to the process's health. */
  void watchSeed(Target seed) {
    seeds.add(seed);
  }

  /** Adds a shoot's target to the process's health. */
  void watchShoot(Target shoot) {
    shoots.add(shoot);
  }

  void unwatch(Target target) {
    seeds.remove(target);
    shoots.remove(target);
    shootLog.outages().remove(target.name());
  }

  /**
   * The reason why the plugin cannot accept or deliver records; null when it can. A problem of a single shoot's
   * queue does not count, because it must not restart all others. With a second one, the disk is at fault.
   */
  String problem() {
    List<String> ofSeeds = problems(seeds);
    List<String> ofShoots = problems(shoots);
    if (!ofSeeds.isEmpty()) {
      return ofSeeds.get(0);
    }
    return ofShoots.size() > 1 ? ofShoots.get(0) : null;
  }

  private static List<String> problems(Set<Target> targets) {
    return targets.stream().map(Target::problem).filter(Objects::nonNull).toList();
  }
}
