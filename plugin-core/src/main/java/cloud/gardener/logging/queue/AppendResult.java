package cloud.gardener.logging.queue;

/** What became of the entries that were to be appended. */
public enum AppendResult {
  /** All are in the queue. */
  APPENDED,
  /** None is: the queue, or all queues of the output together, have reached their bytes on disk. */
  FULL,
  /** None is: the disk refuses. The same entries may be appended again later. */
  FAILED
}
