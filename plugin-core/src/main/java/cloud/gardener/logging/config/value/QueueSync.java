package cloud.gardener.logging.config.value;

/** The durability that an append waits for: the key {@code DQueSync}. */
public enum QueueSync {
  /** The operating system has the bytes: they survive a crash of the process. */
  NORMAL,

  /** The device has the bytes: they survive a power loss. */
  FULL
}
