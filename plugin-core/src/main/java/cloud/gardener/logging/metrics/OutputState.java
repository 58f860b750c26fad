package cloud.gardener.logging.metrics;

/** What an output says about itself to people and metrics. Called during a request: thread-safe, never blocks. */
public interface OutputState {
  /** Its DQueName. */
  String name();

  /** Limit of the bytes on disk of all its queues: DQueTotalMaxBytes. */
  long maxBytes();

  WatchState watch();

  /** The state of a shoot in one word; empty when the shoot is not known. */
  String shootState(String namespace);

  /**
   * Where a record would go, and why, in one line.
   *
   * @param namespace the text at DynamicHostPath of the record; empty for a record without Kubernetes metadata, which
   *     may be in the tag
   */
  String explain(String tag, String namespace);
}
