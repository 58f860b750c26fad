package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.intake.Target;
import cloud.gardener.logging.intake.TargetCount;
import cloud.gardener.logging.log.ThrottledLog;
import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.QueueGauges;
import cloud.gardener.logging.metrics.TargetMetrics;
import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.QueueEntry;
import cloud.gardener.logging.sdk.SdkBatch;
import cloud.gardener.logging.sdk.SdkBatchListener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * One backend without a disk queue, with OpenTelemetry's batch processor in memory. Records that do not fit, or are
 * not accepted in time, are dropped and counted.
 *
 * <p>Thread-safe.
 */
final class SdkTarget implements Target, SdkBatchListener, QueueGauges {
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(1);

  private final String name;
  private final TargetMetrics metrics;
  private final TargetCount count;
  private final SdkBatch batch;
  private final ThrottledLog log;
  private volatile boolean closed;

  /**
   * @param log receives lines about lost records
   * @param newBatch creates the batch, which notifies this target
   */
  SdkTarget(
      String name,
      TargetMetrics metrics,
      ThrottledLog log,
      Function<SdkBatchListener, SdkBatch> newBatch) {
    this.name = name;
    this.log = log;
    this.metrics = metrics;
    this.count = new TargetCount(metrics);
    this.batch = newBatch.apply(this);
    metrics.queue(this);
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
  public AppendResult append(List<QueueEntry> entries, int records) {
    if (closed) {
      return AppendResult.FAILED; // A flush may still hold a target that was just removed.
    }
    count.countQueued(records);
    try {
      for (QueueEntry entry : entries) {
        batch.emit(entry.payload());
      }
    } catch (IOException e) {
      throw new IllegalStateException("an entry of our own cannot be read", e);
    }
    return AppendResult.APPENDED;
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
  public void drain(Duration grace) {
    batch.flush(grace);
  }

  @Override
  public void close() {
    closed = true;
    batch.close(CLOSE_GRACE);
    count.close();
  }

  @Override
  public void remove() {
    closed = true;
    batch.close(CLOSE_GRACE);
    count.remove();
  }

  @Override
  public void onExported(int records) {
    metrics.exported(records);
  }

  @Override
  public void onRejected(int records, String message) {
    reportLoss(DropReason.REJECTED, records, message);
  }

  @Override
  public void onQueueFull(int records) {
    reportLoss(DropReason.MEMORY_FULL, records, "SDKBatchMaxQueueSize records are in memory");
  }

  @Override
  public void onLost(int records, String reason) {
    reportLoss(DropReason.NOT_DELIVERED, records, reason);
  }

  private void reportLoss(DropReason reason, int records, String message) {
    count.countDroppedFromQueue(reason, records);
    log.log(() -> name + ": lost " + records + " records: " + message);
  }

  @Override
  public long records() {
    return batch.pending();
  }

  @Override
  public long entries() {
    return 0;
  }

  @Override
  public long bytes() {
    return 0;
  }
}
