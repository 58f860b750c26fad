package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.delivery.ExportObserver;
import cloud.gardener.logging.delivery.StepExecutor;
import cloud.gardener.logging.delivery.TargetWorker;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.intake.QueueIntake;
import cloud.gardener.logging.intake.TargetCount;
import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.TargetMetrics;
import cloud.gardener.logging.migration.ImportTarget;
import cloud.gardener.logging.pace.Backoff;
import cloud.gardener.logging.pace.RateLimiter;
import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.DiskQueue;
import cloud.gardener.logging.queue.QueueEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Logger;

/**
 * One backend with its queue and the worker between them.
 *
 * <p>Thread-safe: flushing threads and an import append, the worker sends.
 */
final class QueuedTarget implements ImportTarget {
  private static final Logger LOG = Logger.getLogger(QueuedTarget.class.getName());

  private final String name;
  private final DiskQueue queue;
  private final QueueIntake intake;
  private final ExportClient client;
  private final TargetCount count;
  private final TargetWorker worker;
  private volatile boolean importing;

  QueuedTarget(
      String name,
      PluginConfig config,
      DiskQueue queue,
      ExportClient client,
      TargetMetrics metrics,
      ExportObserver reports,
      TargetLog log,
      StepExecutor executor) {
    this.name = name;
    this.queue = queue;
    this.client = client;
    this.count = new TargetCount(metrics);
    this.intake = new QueueIntake(queue, config.queue().fullPolicy(), count, name, log.losses());
    Backoff backoff =
        new Backoff(
            config.retry(), executor::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
    RateLimiter limiter = new RateLimiter(config.throttle(), executor::nanoTime);
    this.worker =
        new TargetWorker(
            queue,
            client,
            backoff,
            limiter,
            config.batch(),
            config.endpoint().timeout(),
            config.retry().refusedPolicy(),
            executor,
            reports);
    worker.signal(); // Entries of an earlier run are sent without waiting for new records.
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean needsEntries() {
    return true;
  }

  @Override
  public boolean hasRoom() {
    return intake.hasRoom(1);
  }

  @Override
  public boolean hasRoom(long bytes) {
    return intake.hasRoom(bytes);
  }

  @Override
  public AppendResult append(List<QueueEntry> entries, int records) {
    AppendResult result = intake.append(entries, records);
    if (result == AppendResult.APPENDED) {
      worker.signal();
    }
    return result;
  }

  @Override
  public boolean hasRoomToRestore(long bytes) {
    return queue.hasRoom(bytes);
  }

  @Override
  public AppendResult restore(List<QueueEntry> entries, int records) {
    AppendResult result = queue.append(entries);
    if (result == AppendResult.APPENDED) {
      count.countImported(records);
      worker.signal();
    }
    return result;
  }

  @Override
  public void setImporting(boolean isImporting) {
    importing = isImporting;
  }

  @Override
  public boolean isImporting() {
    return importing;
  }

  @Override
  public void countDropped(DropReason reason, int records) {
    count.countDropped(reason, records);
  }

  @Override
  public void countMuted(int records) {
    count.countMuted(records);
  }

  @Override
  public String problem() {
    return queue.isFailing() ? name + ": the disk refuses" : null;
  }

  @Override
  public void drain(Duration grace) throws InterruptedException {
    worker.drain(grace.toNanos());
  }

  @Override
  public void close() throws InterruptedException {
    worker.stop();
    client.close();
    count.close();
    queue.close();
  }

  @Override
  public void remove() throws InterruptedException {
    worker.stop();
    client.close();
    long expired = queue.discard();
    count.countDroppedFromQueue(DropReason.EXPIRED, expired);
    count.remove();
    if (expired > 0) {
      LOG.warning(
          () ->
              name
                  + ": gave up "
                  + expired
                  + " records that its backend had not taken "
                  + "DeletedClientTimeExpiration after its shoot was gone");
    }
  }
}
