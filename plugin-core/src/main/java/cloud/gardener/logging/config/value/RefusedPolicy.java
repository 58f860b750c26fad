package cloud.gardener.logging.config.value;

/** What becomes of records that a backend refuses for good: the key {@code RefusedPolicy}. */
public enum RefusedPolicy {
  /**
   * They wait, as in an outage, where the backend refuses everything; one that it refuses while it
   * accepts others is given up.
   */
  KEEP,

  /** Their whole request is given up, and counted: the letter of the OTLP specification. */
  DROP
}
