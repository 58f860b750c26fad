package cloud.gardener.logging.intake;

import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.QueueEntry;
import java.time.Duration;
import java.util.List;

/**
 * A destination of records. The defaults apply to targets without a disk queue: there is always room, no problem
 * with a disk, and nothing waits.
 *
 * <p>Thread-safe: several flushes may use it concurrently.
 */
public interface Target {
  /** For the log: the output's queue name and the target's name. */
  String name();

  /** Whether the target needs encoded records; otherwise they are only counted. */
  boolean needsEntries();

  /** False while it cannot accept anything: a chunk with records for it must be flushed again. */
  default boolean hasRoom() {
    return true;
  }

  /** False while it cannot accept entries of this size on disk: their chunk must be flushed again. */
  default boolean hasRoom(long bytes) {
    return true;
  }

  /**
   * Appends a chunk's entries, all or none, and counts their records as incoming. When its policy is to drop what
   * does not fit, dropped entries count as appended.
   *
   * @param records number of records in the entries, or counted instead of them
   */
  AppendResult append(List<QueueEntry> entries, int records);

  /** Whether older records than those of any chunk are being appended, so that chunks should wait. */
  default boolean isImporting() {
    return false;
  }

  /** Counts incoming records that were dropped before the queue. */
  void countDropped(DropReason reason, int records);

  /** Counts incoming records that the state of the target's shoot keeps from it and from the seed. */
  void countMuted(int records);

  /** The reason why records cannot be accepted or delivered; null when they can. */
  default String problem() {
    return null;
  }

  /** Sends what the backend accepts within {@code grace}; the rest stays on disk. */
  default void drain(Duration grace) throws InterruptedException {
    // Nothing waits.
  }

  /** Ends the exports and releases all resources. Waiting entries stay on disk. */
  void close() throws InterruptedException;

  /** Like {@link #close}, but permanently: waiting entries are dropped and counted. */
  void remove() throws InterruptedException;
}
