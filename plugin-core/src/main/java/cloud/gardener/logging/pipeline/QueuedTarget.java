package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.export.Backoff;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.RateLimiter;
import cloud.gardener.logging.metrics.TargetMetrics;
import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.DiskQueue;
import cloud.gardener.logging.queue.QueueEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One backend with its queue and the worker between the two.
 *
 * <p>Thread-safe: flushing threads append, the worker sends.
 */
final class QueuedTarget implements Target {
  private final String name;
  private final DiskQueue queue;
  private final ExportClient client;
  private final TargetMetrics metrics;
  private final ChunkCounts counts;
  private final TargetWorker worker;

  QueuedTarget(
      String name,
      PluginConfig config,
      DiskQueue queue,
      ExportClient client,
      TargetMetrics metrics,
      ExportObserver reports,
      StepExecutor executor) {
    this.name = name;
    this.queue = queue;
    this.client = client;
    this.metrics = metrics;
    this.counts = new ChunkCounts(metrics);
    Backoff backoff =
        new Backoff(
            config.retry(), executor::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
    RateLimiter limiter = new RateLimiter(config.throttle(), executor::nanoTime);
    this.worker =
        new TargetWorker(queue, client, backoff, limiter, config.batch(), executor, reports);
    worker.signal(); // What an earlier run left is sent without waiting for new records.
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean wantsEntries() {
    return true;
  }

  @Override
  public boolean hasRoom() {
    return queue.hasRoom();
  }

  @Override
  public AppendResult append(List<QueueEntry> entries) {
    AppendResult result = queue.append(entries);
    if (result == AppendResult.APPENDED) {
      worker.signal();
    }
    return result;
  }

  @Override
  public void taken(int queued, int malformed, int oversized) {
    counts.taken(queued, malformed, oversized);
  }

  @Override
  public void setAside(int records) {
    counts.setAside(records);
  }

  @Override
  public String problem() {
    return queue.isInTrouble() ? name + ": the disk refuses" : null;
  }

  @Override
  public void drain(Duration grace) throws InterruptedException {
    worker.drain(grace.toNanos());
  }

  @Override
  public void close() throws InterruptedException {
    worker.stop();
    client.close();
    metrics.close();
    queue.close();
  }
}
