package cloud.gardener.logging.sdk;

/**
 * Is notified of the outcome of each record of an {@link SdkBatch}: exactly one of these methods, once. Called on
 * any thread: must be short and must not block. Thread-safe.
 */
public interface SdkBatchListener {
  /** The backend accepted the records. */
  void onExported(int records);

  /**
   * The backend received and discarded the records.
   *
   * @param message its reason; one line, may be empty
   */
  void onRejected(int records, String message);

  /** There was no room for the records in memory. */
  void onQueueFull(int records);

  /**
   * The records could not be delivered in time, or the backend refuses them permanently.
   *
   * @param reason one line
   */
  void onLost(int records, String reason);
}
