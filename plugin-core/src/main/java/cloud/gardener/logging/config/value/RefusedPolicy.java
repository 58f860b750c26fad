package cloud.gardener.logging.config.value;

/** How records that a backend rejects permanently are handled: the key {@code RefusedPolicy}. */
public enum RefusedPolicy {
  /**
   * They stay in the queue, as in an outage, while the backend rejects everything. A record that it rejects while it
   * accepts others is dropped.
   */
  KEEP,

  /** Their whole request is dropped and counted, as the OTLP specification requires. */
  DROP
}
