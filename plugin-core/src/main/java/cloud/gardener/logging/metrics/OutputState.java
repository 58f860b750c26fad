package cloud.gardener.logging.metrics;

/** What an output says about itself to people and metrics. Called during a request: thread-safe, never blocks. */
public interface OutputState {
  /** How well an output knows the shoots. */
  enum Watch {
    /** The output watches no shoots: DynamicHostPath is not set. */
    NONE("no shoots"),

    /** The API server has not listed the shoots yet. */
    STARTING("shoots not listed yet"),

    /** The shoots were listed; later changes may be missing, because the watch is not connected. */
    DISCONNECTED("not connected"),

    /** Each change is reported. */
    CONNECTED("connected");

    private final String description;

    Watch(String description) {
      this.description = description;
    }

    /** The text that people read. */
    public String description() {
      return description;
    }
  }

  /** Its DQueName. */
  String name();

  /** Limit of the bytes on disk of all its queues: DQueTotalMaxBytes. */
  long maxBytes();

  Watch watch();

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
