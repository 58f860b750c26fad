package cloud.gardener.logging.delivery;

import cloud.gardener.logging.config.BatchConfig;
import cloud.gardener.logging.queue.DiskQueue;
import cloud.gardener.logging.queue.QueueEntry;

/**
 * Joins a queue's entries into batches of at most {@link BatchConfig#maxRecords()} records and
 * {@link BatchConfig#MAX_BYTES}; a batch that is not full waits {@link BatchConfig#exportInterval()} for
 * more.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
final class Batcher {
  private final DiskQueue queue;
  private final BatchConfig config;
  private final long exportIntervalNs;

  private Batch open;
  private long openSinceNs;
  private QueueEntry carry;
  private int entriesOut;

  Batcher(DiskQueue queue, BatchConfig config) {
    this.queue = queue;
    this.config = config;
    this.exportIntervalNs = config.exportInterval().toNanos();
  }

  /**
   * The next batch that is due, or null when there is none yet.
   *
   * @param nowNs monotonic time
   * @param hurry true to take what is there without waiting for more
   */
  Batch poll(long nowNs, boolean hurry) {
    boolean full = fill(nowNs);
    if (open == null || !(full || hurry || nowNs - openSinceNs >= exportIntervalNs)) {
      return null;
    }
    Batch due = open;
    open = null;
    return due;
  }

  /** A batch of the next entry although as much as may be in memory is; only after a poll in a hurry gave none. */
  Batch pollBeyond() {
    QueueEntry next = queue.readBeyond();
    if (next == null) {
      return null;
    }
    entriesOut++;
    Batch beyond = new Batch();
    beyond.add(next);
    beyond.isBeyond = true;
    return beyond;
  }

  /** True when the queue has entries but gives none. */
  boolean isStalled() {
    return open == null && carry == null && queue.entries() > entriesOut;
  }

  /** Says that the oldest {@code entries} have left the queue. */
  void removed(int entries) {
    entriesOut -= entries;
  }

  /** Nanoseconds until the open batch is due; {@link Long#MAX_VALUE} when there is none. */
  long nanosUntilDue(long nowNs) {
    return open == null
        ? Long.MAX_VALUE
        : Math.max(0, exportIntervalNs - (nowNs - openSinceNs));
  }

  /** Reads entries into the open batch; true when no other would fit. */
  private boolean fill(long nowNs) {
    while (true) {
      QueueEntry next = carry != null ? carry : queue.read();
      if (next == null) {
        // Where the queue has more than it may hand out now, waiting would not bring any.
        return open != null && queue.entries() > entriesOut;
      }
      if (carry == null) {
        entriesOut++;
      }
      if (open == null) {
        open = new Batch();
        openSinceNs = nowNs;
      }
      if (!open.hasRoomFor(next, config.maxRecords(), BatchConfig.MAX_BYTES)) {
        carry = next;
        return true;
      }
      carry = null;
      open.add(next);
      if (open.records() >= config.maxRecords()) {
        return true;
      }
    }
  }
}
