package cloud.gardener.logging.pipeline;

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
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One backend without a disk queue: OpenTelemetry's own batch processor, in memory. What finds no room,
 * or is not taken in time, is dropped and counted.
 *
 * <p>Thread-safe.
 */
final class SdkTarget implements Target, SdkBatchListener, QueueGauges {
  private static final Logger LOG = Logger.getLogger(SdkTarget.class.getName());
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(1);

  private final String name;
  private final TargetMetrics metrics;
  private final ChunkCounts counts;
  private final SdkBatch batch;
  private final QuietLog lossLog = new QuietLog(LOG, Level.SEVERE);

  /**
   * @param newBatch makes the batch that tells this target
   */
  SdkTarget(String name, TargetMetrics metrics, Function<SdkBatchListener, SdkBatch> newBatch) {
    this.name = name;
    this.metrics = metrics;
    this.counts = new ChunkCounts(metrics);
    this.batch = newBatch.apply(this);
    metrics.queue(this);
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
    return true;
  }

  @Override
  public AppendResult append(List<QueueEntry> entries) {
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
  public void taken(int records, int malformed, int oversized) {
    counts.taken(records, malformed, oversized);
  }

  @Override
  public void setAside(int records) {
    counts.setAside(records);
  }

  @Override
  public String problem() {
    return null;
  }

  @Override
  public void drain(Duration grace) {
    batch.flush(grace);
  }

  @Override
  public void close() {
    batch.close(CLOSE_GRACE);
    metrics.close();
  }

  @Override
  public void exported(int records) {
    metrics.exported(records);
  }

  @Override
  public void rejected(int records, String message) {
    lost(DropReason.REJECTED, records, message);
  }

  @Override
  public void full(int records) {
    lost(DropReason.QUEUE_FULL, records, "SDKBatchMaxQueueSize records are in memory");
  }

  @Override
  public void lost(int records, String reason) {
    lost(DropReason.NOT_DELIVERED, records, reason);
  }

  private void lost(DropReason reason, int records, String why) {
    metrics.dropped(reason, records);
    lossLog.log(() -> name + ": lost " + records + " records: " + why);
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
