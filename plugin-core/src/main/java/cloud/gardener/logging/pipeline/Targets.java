package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.config.Addresses;
import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportException;
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
import java.nio.file.Path;
import java.util.logging.Logger;

/** Makes the targets of one output: folder, queue, client and metrics of each. */
final class Targets implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Targets.class.getName());

  private final PluginConfig config;
  private final ProcessServices services;
  // Opened with the first queue: a noop target needs none.
  private QueueFolder queues;
  private DeadLetters letters;

  Targets(PluginConfig config, ProcessServices services) {
    this.config = config;
    this.services = services;
  }

  private static Path folder(PluginConfig config) {
    return config.queue().dir().resolve(config.queue().name());
  }

  /** The seed's target, with what an earlier run left in its queue. */
  Target openSeed() throws QueueException, ExportException {
    EndpointConfig endpoint = config.endpoint();
    String name = config.queue().name() + "/seed";
    String address =
        Addresses.withoutCredentials(endpoint.seedEndpoint(config.seedType()));
    TargetMetrics metrics =
        services
            .metrics()
            .open(new TargetLabels(TargetLabels.Type.SEED, TargetLabels.GARDEN, address, name));
    try {
      Target target =
          switch (config.seedType()) {
            case NOOP -> new NoopTarget(name, metrics);
            case STDOUT -> openQueued(name, "seed", config.seedType(), metrics);
            case OTLP_GRPC, OTLP_HTTP ->
                config.sdkBatch().enabled()
                    ? openInMemory(name, config.seedType(), metrics)
                    : openQueued(name, "seed", config.seedType(), metrics);
          };
      services.watch(target);
      LOG.info(() -> name + ": sends to " + config.seedType() + " " + address);
      return target;
    } catch (QueueException | ExportException | RuntimeException e) {
      metrics.close();
      throw e;
    }
  }

  private Target openInMemory(String name, TargetType type, TargetMetrics metrics)
      throws ExportException {
    String endpoint = config.endpoint().seedEndpoint(type);
    ExportClient client =
        services.clients().create(type, config.endpoint(), config.tls(), endpoint);
    return new SdkTarget(
        name,
        metrics,
        listener ->
            new SdkBatch(
                config.sdkBatch(),
                config.retry(),
                type,
                Addresses.withoutCredentials(endpoint),
                client,
                services.sdkTelemetry().meters(),
                listener));
  }

  private Target openQueued(String name, String queueName, TargetType type, TargetMetrics metrics)
      throws QueueException, ExportException {
    EndpointConfig endpoint = config.endpoint();
    ExportClient client =
        services.clients().create(type, endpoint, config.tls(), endpoint.seedEndpoint(type));
    try {
      openFolder();
      QueueListener losses = losses(metrics, services.metrics());
      DiskQueue queue = queues.openQueue(queueName, config.queue(), losses);
      metrics.queue(gauges(queue));
      if (queue.recovered() > 0) {
        metrics.recovered(queue.recovered());
        LOG.info(() -> name + ": found " + queue.recovered() + " records of an earlier run");
      }
      TargetReports reports = new TargetReports(name, metrics, letters);
      return new QueuedTarget(name, config, queue, client, metrics, reports, services.workers());
    } catch (QueueException | RuntimeException e) {
      client.close();
      close();
      throw e;
    }
  }

  private void openFolder() throws QueueException {
    if (queues == null) {
      String user =
          "the output to " + Addresses.withoutCredentials(config.endpoint().endpoint());
      queues = QueueFolder.open(folder(config), config.queue().totalMaxBytes(), user);
      letters =
          new DeadLetters(queues.openDeadLetters(config.queue().sync(), errors(services.metrics())));
    }
  }

  /** Where to put aside what cannot be delivered; null while no target has a queue. */
  DeadLetters letters() {
    return letters;
  }

  /** Frees the folder of the queues; call it when the targets are closed. */
  @Override
  public void close() {
    if (letters != null) {
      letters.close();
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
    };
  }

  /** Damaged dead letters were counted as dropped when they were put aside. */
  private static QueueListener errors(PluginMetrics errors) {
    return new QueueListener() {
      @Override
      public void lost(long records) {}

      @Override
      public void quarantined() {
        errors.error(ErrorType.DEQUEUE);
      }
    };
  }

  private static QueueListener losses(TargetMetrics metrics, PluginMetrics errors) {
    return new QueueListener() {
      @Override
      public void lost(long records) {
        if (records > 0) {
          metrics.dropped(DropReason.DAMAGED, records);
        }
      }

      @Override
      public void quarantined() {
        errors.error(ErrorType.DEQUEUE);
      }
    };
  }
}
