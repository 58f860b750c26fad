package cloud.gardener.logging.intake;

import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.QueueEntry;
import java.time.Duration;
import java.util.List;

/**
 * Where records go. What has no queue on disk always has room, no problem with a disk and nothing that
 * waits, unless it says otherwise.
 *
 * <p>Thread-safe: several flushes may use it at once.
 */
public interface Target {
  /** For the log: the output's queue name and the target's. */
  String name();

  /** Whether chunks need to be encoded for it, or only counted. */
  boolean wantsEntries();

  /** False while it can take nothing more: whatever goes to it must come again. */
  default boolean hasRoom() {
    return true;
  }

  /** False while it cannot take entries of so many bytes on disk: their chunk must come again. */
  default boolean hasRoom(long bytes) {
    return true;
  }

  /**
   * Takes a chunk's entries, all or none, and counts their records as incoming. Where its policy is to
   * drop what it has no room for, it has taken that, too.
   *
   * @param records in the entries, or counted instead of them
   */
  AppendResult append(List<QueueEntry> entries, int records);

  /** Counts records that came in for it and were given up before its queue. */
  void dropped(DropReason reason, int records);

  /** Why records cannot be taken or handed over, or null when they can. */
  default String problem() {
    return null;
  }

  /** Sends what the backend takes within {@code grace}; what is left waits on disk. */
  default void drain(Duration grace) throws InterruptedException {
    // Nothing waits.
  }

  /** Ends the exports and frees everything. What waits stays on disk. */
  void close() throws InterruptedException;

  /** As {@link #close}, but for good: what waits is given up and counted. */
  void remove() throws InterruptedException;
}
