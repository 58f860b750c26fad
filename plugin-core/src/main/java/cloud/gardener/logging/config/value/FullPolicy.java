package cloud.gardener.logging.config.value;

/** What becomes of new records for a target whose queue is full: the key {@code DQueFullPolicy}. */
public enum FullPolicy {
  /** Fluent Bit keeps their chunk and brings it again: nothing is lost here. */
  RETRY,

  /** They are given up, and counted. */
  DROP_NEWEST,

  /** The oldest records of the same queue are given up for them, and counted. */
  DROP_OLDEST
}
