package cloud.gardener.logging.metrics;

/** What failed: the label {@code type} of {@code fluentbit_gardener_errors_total}, as the Go plugin names it. */
public enum ErrorType {
  /** An output could not be started. One that failed while no other lived is counted with the next. */
  INIT("FLBPluginInit"),

  /** A flush ended in an error of ours. */
  FLUSH("FLBPluginFlushCtx"),

  /** A queue did not take a chunk's records: it is full, or its disk refuses. */
  ENQUEUE("Enqueuer"),

  /** A queue could not be read. */
  DEQUEUE("Dequeuer"),

  /** A batch could not be sent, for good: its records are dropped. */
  SEND("SendRecord"),

  /** A Cluster does not bear its shoot. */
  CAN_NOT_EXTRACT_SHOOT("CanNotExtractShoot"),

  /** The API server could not be asked about the shoots. */
  WATCH("Watch");

  private final String label;

  ErrorType(String label) {
    this.label = label;
  }

  /** What records given up for this reason stand for; null where that is no error. */
  static ErrorType of(DropReason reason) {
    return switch (reason) {
      case QUEUE_FULL, QUEUE_FULL_OLDEST, MEMORY_FULL -> ENQUEUE;
      case EXPIRED, DAMAGED, REJECTED -> null;
      default -> reason.afterQueue() ? SEND : null;
    };
  }

  /** The value of the label. */
  public String label() {
    return label;
  }
}
