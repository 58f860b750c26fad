package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.config.DynamicHostConfig;
import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.intake.Target;
import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.ErrorType;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.metrics.QueueGauges;
import cloud.gardener.logging.metrics.TargetLabels;
import cloud.gardener.logging.metrics.TargetMetrics;
import cloud.gardener.logging.queue.DiskQueue;
import cloud.gardener.logging.queue.QueueException;
import cloud.gardener.logging.queue.QueueFolder;
import cloud.gardener.logging.queue.QueueListener;
import cloud.gardener.logging.sdk.SdkBatch;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * Creates the targets of one output: folder, queue, client and metrics of each.
 *
 * <p>Opens and closes one target at a time, for the output's start and stop and for {@link ShootTargets}.
 */
final class Targets implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Targets.class.getName());

  private static final String SEED = "seed";

  /** A namespace is a DNS label without a dot, so no shoot's folder equals the seed's or the dead letters'. */
  private static final String SHOOT = "shoot.";

  private static final Pattern SHOOT_QUEUE = Pattern.compile("shoot\\.[a-z0-9-]{1,63}");

  private final PluginConfig config;
  private final ProcessServices services;
  // Null when no target has a queue.
  private QueueFolder queues;
  private DeadLetters deadLetters;
  private List<String> namespacesWithEntries = List.of();
  private String seedRoute = "";

  Targets(PluginConfig config, ProcessServices services) {
    this.config = config;
    this.services = services;
  }

  private static Path folder(PluginConfig config) {
    return config.queue().dir().resolve(config.queue().name());
  }

  private boolean hasShoots() {
    return !config.dynamicHost().path().isEmpty();
  }

  /** Where the records of a target wait. */
  private enum Storage {
    NONE,
    MEMORY,
    DISK
  }

  private Storage storage(TargetType type) {
    return switch (type) {
      case NOOP -> Storage.NONE;
      case STDOUT -> Storage.DISK;
      case OTLP_GRPC, OTLP_HTTP -> config.sdkBatch().enabled() ? Storage.MEMORY : Storage.DISK;
    };
  }

  private boolean hasQueue(TargetType type) {
    return storage(type) == Storage.DISK;
  }

  /**
   * Opens the seed's target with the entries that an earlier run left in its queue. Call it first: it opens the
   * folder of all queues, and checks that shoots' targets can be created.
   */
  Target openSeed() throws QueueException, ExportException {
    if (hasShoots()) {
      checkShootClient();
    }
    if (hasQueue(config.seedType()) || hasShoots() && hasQueue(config.shootType())) {
      openFolder();
    }
    Address endpoint = config.endpoint().seedEndpoint(config.seedType());
    Target seed =
        open(TargetLabels.Type.SEED, TargetLabels.GARDEN, SEED, config.seedType(), endpoint);
    services.watchSeed(seed);
    return seed;
  }

  /** The path and the proxy of the seed's requests, for the line about the output. Call after {@link #openSeed}. */
  String seedRoute() {
    return seedRoute;
  }

  /** Detects settings that no shoot's client can use at the start, not with the first shoot. */
  private void checkShootClient() throws ExportException {
    TargetType type = config.shootType();
    services
        .clients()
        .create(
            type,
            endpointConfig(TargetLabels.Type.SHOOT, DynamicHostConfig.ANY_NAMESPACE),
            config.tls(),
            config.dynamicHost().endpoint().resolve(type, DynamicHostConfig.ANY_NAMESPACE))
        .close();
  }

  private EndpointConfig endpointConfig(TargetLabels.Type owner, String source) {
    return switch (owner) {
      case SEED -> config.endpoint();
      case SHOOT ->
          config.endpoint().withShootHeaders(config.dynamicHost().headers().resolve(source));
    };
  }

  /** Opens a shoot's target with the entries that an earlier run left in its queue. */
  Target openShoot(String namespace) throws QueueException, ExportException {
    Address endpoint = config.dynamicHost().endpoint().resolve(config.shootType(), namespace);
    Target target =
        open(TargetLabels.Type.SHOOT, namespace, SHOOT + namespace, config.shootType(), endpoint);
    services.watchShoot(target);
    return target;
  }

  /** The namespaces of the shoots for which an earlier run left entries. */
  List<String> shootsWithEntries() {
    return namespacesWithEntries;
  }

  private List<String> findShootsWithEntries() throws QueueException {
    List<String> found =
        queues.queuesWithEntries().stream()
            .filter(name -> SHOOT_QUEUE.matcher(name).matches())
            .map(name -> name.substring(SHOOT.length()))
            .toList();
    if (!found.isEmpty() && !(hasShoots() && hasQueue(config.shootType()))) {
      LOG.warning(
          () ->
              "records of an earlier run wait in " + queues.path() + " for " + found.size()
                  + " shoots, and stay there: by DynamicHostPath, ShootType and UseSDKBatchProcessor"
                  + " no shoot has a queue any more");
      return List.of();
    }
    return found;
  }

  private Target open(
      TargetLabels.Type owner, String source, String queueName, TargetType type, Address endpoint)
      throws QueueException, ExportException {
    String name = config.queue().name() + "/" + queueName;
    TargetMetrics metrics =
        services
            .metrics()
            .openTarget(new TargetLabels(owner, source, endpoint.redacted(), endpoint.server().host(), name));
    TargetLog log =
        owner == TargetLabels.Type.SEED ? TargetLog.ofSeed() : services.shootLog();
    CloseSteps steps = new CloseSteps();
    steps.add("a target's metrics", metrics::close);
    boolean opened = false;
    try {
      ExportClient client =
          services.clients().create(type, endpointConfig(owner, source), config.tls(), endpoint);
      steps.add("a client", client::close);
      Target target =
          switch (storage(type)) {
            case NONE -> new NoopTarget(name, metrics);
            case MEMORY -> openInMemory(name, type, endpoint, client, metrics, log);
            case DISK -> openQueued(name, queueName, client, metrics, log, steps);
          };
      opened = true;
      switch (owner) {
        case SEED -> seedRoute = client.describeRoute();
        case SHOOT -> logDestination(name, type, endpoint, client);
      }
      return target;
    } finally {
      if (!opened) {
        steps.close();
      }
    }
  }

  private static void logDestination(String name, TargetType type, Address endpoint, ExportClient client) {
    String where = type.isRemote() ? " " + endpoint + client.describeRoute() : "";
    LOG.info(() -> name + ": sends to " + type.settingValue() + where);
  }

  private Target openInMemory(
      String name,
      TargetType type,
      Address endpoint,
      ExportClient client,
      TargetMetrics metrics,
      TargetLog log) {
    return new SdkTarget(
        name,
        metrics,
        log.losses(),
        listener ->
            new SdkBatch(
                config.sdkBatch(),
                config.retry(),
                type,
                endpoint.server(),
                client,
                services.sdkTelemetry().meters(),
                listener,
                System::nanoTime));
  }

  private Target openQueued(
      String name,
      String queueName,
      ExportClient client,
      TargetMetrics metrics,
      TargetLog log,
      CloseSteps steps)
      throws QueueException {
    QueueListener losses = countingLosses(metrics, services.metrics());
    DiskQueue queue = queues.openQueue(queueName, config.queue(), losses);
    steps.add("a queue", queue::close);
    metrics.queue(gauges(queue));
    if (queue.recoveredRecords() > 0) {
      metrics.recovered(queue.recoveredRecords());
      LOG.info(() -> name + ": found " + queue.recoveredRecords() + " records of an earlier run");
    }
    TargetReports reports = new TargetReports(name, metrics, deadLetters, log);
    return new QueuedTarget(
        name, config, queue, client, metrics, reports, log, services.workers());
  }

  private void openFolder() throws QueueException {
    String holder = "the output to " + config.endpoint().endpoint();
    queues = QueueFolder.open(folder(config), config.queue().totalMaxBytes(), holder);
    deadLetters =
        new DeadLetters(queues.openDeadLetters(config.queue().sync(), countingErrors(services.metrics())));
    namespacesWithEntries = findShootsWithEntries();
  }

  /** Closes a target; waiting entries stay on disk. */
  void close(Target target) throws InterruptedException {
    services.unwatch(target);
    target.close();
  }

  /** Closes a target permanently. */
  void remove(Target target) throws InterruptedException {
    services.unwatch(target);
    target.remove();
    LOG.info(() -> target.name() + ": its shoot is gone, and so is the target");
  }

  /**
   * Stores a chunk on which the plugin fails as a dead letter. False when there is no room, or the disk refuses.
   * Without any queue, there is no disk to store it on.
   */
  boolean storeChunk(ByteBuffer chunk, String reason) {
    return deadLetters == null || deadLetters.storeChunk(chunk, reason);
  }

  /** Releases the queues' folder. Close the targets first. */
  @Override
  public void close() {
    if (deadLetters != null) {
      deadLetters.close();
    }
    if (queues != null) {
      queues.close();
    }
  }

  private static QueueGauges gauges(DiskQueue queue) {
    return new QueueGauges() {
      @Override
      public long records() {
        return queue.records();
      }

      @Override
      public long entries() {
        return queue.entries();
      }

      @Override
      public long bytes() {
        return queue.bytes();
      }

      @Override
      public long maxBytes() {
        return queue.maxBytes();
      }

      @Override
      public long oldestMs() {
        return queue.oldestMs();
      }
    };
  }

  /** Counts no losses: damaged dead letters were counted as dropped when they were stored. */
  private static QueueListener countingErrors(PluginMetrics errors) {
    return new QueueListener() {
      @Override
      public void onLoss(long records) {}

      @Override
      public void onQuarantine() {
        errors.error(ErrorType.DEQUEUE);
      }
    };
  }

  private static QueueListener countingLosses(TargetMetrics metrics, PluginMetrics errors) {
    return new QueueListener() {
      @Override
      public void onLoss(long records) {
        if (records > 0) {
          metrics.dropped(DropReason.DAMAGED, records);
        }
      }

      @Override
      public void onQuarantine() {
        errors.error(ErrorType.DEQUEUE);
      }
    };
  }
}
