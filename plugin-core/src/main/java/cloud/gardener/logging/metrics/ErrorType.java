package cloud.gardener.logging.metrics;

/** What failed: the label {@code type} of {@code fluentbit_gardener_errors_total}, as the Go plugin names it. */
public enum ErrorType {
  /** An output could not be started. */
  INIT("FLBPluginInit"),

  /** A flush ended in an error of ours. */
  FLUSH("FLBPluginFlushCtx"),

  /** A queue did not take what was appended. */
  ENQUEUE("Enqueuer"),

  /** A queue could not be read. */
  DEQUEUE("Dequeuer"),

  /** A batch could not be sent, for good. */
  SEND("SendRecord"),

  /** A Cluster does not bear its shoot. */
  CAN_NOT_EXTRACT_SHOOT("CanNotExtractShoot"),

  /** The API server could not be asked about the shoots. */
  WATCH("Watch");

  private final String label;

  ErrorType(String label) {
    this.label = label;
  }

  /** The value of the label. */
  public String label() {
    return label;
  }
}
