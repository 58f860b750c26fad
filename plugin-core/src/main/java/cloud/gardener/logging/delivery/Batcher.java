package cloud.gardener.logging.delivery;

import cloud.gardener.logging.config.BatchConfig;
import cloud.gardener.logging.queue.DiskQueue;
import cloud.gardener.logging.queue.QueueEntry;
import java.util.concurrent.TimeUnit;

/**
 * Joins a queue's entries into batches of at most {@link BatchConfig#maxRecords()} records and {@link
 * BatchConfig#MAX_BYTES} bytes. A full batch is due at once. One that is not full is due {@link
 * BatchConfig#exportInterval()} after the batch before it, but {@link #FLUSH_NS} after its first entry at the earliest.
 * So a quiet target has at most one request in an interval, and after a pause its records do not wait for an interval
 * that may bring no more of them.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
final class Batcher {
  /** Fluent Bit hands over the chunks of one flush, one for each tag, within this time. */
  private static final long FLUSH_NS = TimeUnit.MILLISECONDS.toNanos(100);

  private final DiskQueue queue;
  private final BatchConfig config;
  private final long exportIntervalNs;

  private Batch open;
  private long openDueNs;
  private long previousNs;
  private QueueEntry carriedOver;
  private int entriesInFlight;

  /** @param nowNs monotonic time, as in all methods */
  Batcher(DiskQueue queue, BatchConfig config, long nowNs) {
    this.queue = queue;
    this.config = config;
    this.exportIntervalNs = config.exportInterval().toNanos();
    this.previousNs = nowNs - exportIntervalNs;
  }

  /**
   * The next batch that is due; null when none is due yet.
   *
   * @param immediately true to return a batch that is not full without waiting
   */
  Batch poll(long nowNs, boolean immediately) {
    boolean full = fill(nowNs);
    if (open == null || !(full || immediately || nowNs - openDueNs >= 0)) {
      return null;
    }
    Batch due = open;
    open = null;
    previousNs = nowNs;
    return due;
  }

  /**
   * A batch of the next entry, read in excess of the queue's memory bounds. Call it only after {@link #poll}
   * with {@code immediately} returned null.
   */
  Batch pollPastMemoryLimit() {
    QueueEntry next = queue.readPastMemoryLimit();
    if (next == null) {
      return null;
    }
    entriesInFlight++;
    Batch batch = new Batch();
    batch.add(next);
    batch.isPastMemoryLimit = true;
    return batch;
  }

  /** True when the queue has entries but returns none. */
  boolean isStalled() {
    return open == null && carriedOver == null && queue.entries() > entriesInFlight;
  }

  /** Reports that the oldest {@code entries} were removed from the queue. */
  void onRemoved(int entries) {
    entriesInFlight -= entries;
  }

  /** Nanoseconds until the open batch is due; {@link Long#MAX_VALUE} when there is none. */
  long nanosUntilDue(long nowNs) {
    return open == null ? Long.MAX_VALUE : Math.max(0, openDueNs - nowNs);
  }

  /** Nanoseconds that a batch whose first entry is read now waits for more; at most the interval. */
  private long nanosToWait(long nowNs) {
    long untilNextNs = exportIntervalNs - (nowNs - previousNs);
    return Math.max(untilNextNs, Math.min(FLUSH_NS, exportIntervalNs));
  }

  /** Reads entries into the open batch; true when no further entry fits. */
  private boolean fill(long nowNs) {
    while (true) {
      QueueEntry next = carriedOver != null ? carriedOver : queue.read();
      if (next == null) {
        // The queue has more entries but returns none for now: waiting would not fill the batch.
        return open != null && queue.entries() > entriesInFlight;
      }
      if (carriedOver == null) {
        entriesInFlight++;
      }
      if (open == null) {
        open = new Batch();
        openDueNs = nowNs + nanosToWait(nowNs);
      }
      if (!open.hasRoomFor(next, config.maxRecords(), BatchConfig.MAX_BYTES)) {
        carriedOver = next;
        return true;
      }
      carriedOver = null;
      open.add(next);
      if (open.records() >= config.maxRecords()) {
        return true;
      }
    }
  }
}
