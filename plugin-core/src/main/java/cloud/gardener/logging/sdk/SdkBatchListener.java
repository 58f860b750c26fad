package cloud.gardener.logging.sdk;

/**
 * Hears what became of each record of an {@link SdkBatch}: exactly one of these, once. Called on any
 * thread: must be short and must not block. Thread-safe.
 */
public interface SdkBatchListener {
  /** The backend has accepted them. */
  void exported(int records);

  /**
   * The backend took them from us and threw them away.
   *
   * @param message its reason; one line, may be empty
   */
  void rejected(int records, String message);

  /** There was no room for them in memory. */
  void full(int records);

  /**
   * They could not be delivered in time, or the backend will never take them.
   *
   * @param reason one line
   */
  void lost(int records, String reason);
}
