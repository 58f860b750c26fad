package cloud.gardener.logging.metrics;

/** The content of a queue. Called during a scrape: thread-safe, and never waits for the disk. */
public interface QueueGauges {
  /** For a target without a queue. */
  QueueGauges NONE = new Fixed(0, 0, 0);

  /** Number of records that are not removed yet. */
  long records();

  /** Number of entries that are not removed yet. */
  long entries();

  /** Bytes on disk. */
  long bytes();

  /** A snapshot of a queue's content. */
  record Fixed(long records, long entries, long bytes) implements QueueGauges {}
}
