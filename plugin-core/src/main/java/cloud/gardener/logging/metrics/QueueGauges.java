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

  /** Limit of the bytes on disk; 0 for none. */
  default long maxBytes() {
    return 0;
  }

  /** When the oldest record came, in milliseconds since 1970; 0 when there is none, or it is not read yet. */
  default long oldestMs() {
    return 0;
  }

  /** A snapshot of a queue's content. */
  record Fixed(long records, long entries, long bytes) implements QueueGauges {}
}
