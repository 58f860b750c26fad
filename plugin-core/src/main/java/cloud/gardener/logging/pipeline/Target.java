package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.QueueEntry;
import java.time.Duration;
import java.util.List;

/** Where records go. Thread-safe: several flushes may use it at once. */
interface Target {
  /** For the log: the output's queue name and the target's. */
  String name();

  /** Whether chunks need to be encoded for it, or only counted. */
  boolean wantsEntries();

  /** False while it can take nothing: the chunk must come again. */
  boolean hasRoom();

  /** Takes the entries of a chunk, all or none. */
  AppendResult append(List<QueueEntry> entries);

  /**
   * Counts a chunk that was taken, once.
   *
   * @param records that it took
   * @param malformed records that cannot be read
   * @param oversized records that alone are larger than a request may be
   */
  void taken(int records, int malformed, int oversized);

  /** Counts a chunk that lies with the dead letters now. */
  void setAside(int records);

  /** Why records cannot be taken or handed over, or null when they can. */
  String problem();

  /** Sends what the backend takes within {@code grace}; what is left waits on disk. */
  void drain(Duration grace) throws InterruptedException;

  /** Ends the exports and frees everything. */
  void close() throws InterruptedException;
}
