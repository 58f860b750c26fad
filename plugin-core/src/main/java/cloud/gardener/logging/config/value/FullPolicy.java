package cloud.gardener.logging.config.value;

/** How new records for a target whose queue is full are handled: the key {@code DQueFullPolicy}. */
public enum FullPolicy {
  /** Fluent Bit keeps their chunk and retries it: nothing is lost here. */
  RETRY,

  /** They are dropped and counted. */
  DROP_NEWEST,

  /** The oldest records of the same queue are dropped and counted, to make room. */
  DROP_OLDEST
}
