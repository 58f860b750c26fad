package cloud.gardener.logging.config.value;

/** What an append waits for: the key {@code DQueSync}. */
public enum QueueSync {
  /** The operating system has the bytes: they survive the death of the process. */
  NORMAL,

  /** The device has the bytes: they survive the loss of power. */
  FULL
}
