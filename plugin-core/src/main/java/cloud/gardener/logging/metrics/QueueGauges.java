package cloud.gardener.logging.metrics;

/** What a queue holds. Called while metrics are scraped: thread-safe, and never waits for the disk. */
public interface QueueGauges {
  /** Of a target without a queue. */
  QueueGauges NONE = new Fixed(0, 0, 0);

  /** Records that are not removed yet. */
  long records();

  /** Entries that are not removed yet. */
  long entries();

  /** Bytes on disk. */
  long bytes();

  /** What a queue held at one moment. */
  record Fixed(long records, long entries, long bytes) implements QueueGauges {}
}
