package cloud.gardener.logging.queue;

/** The result of an append. */
public enum AppendResult {
  /** All entries are in the queue. */
  APPENDED,
  /** No entry was appended: the queue, or all queues of the output together, reached the limit in bytes on disk. */
  FULL,
  /** No entry was appended: the disk refuses. The same entries may be appended again later. */
  FAILED
}
