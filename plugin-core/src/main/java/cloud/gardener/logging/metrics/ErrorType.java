package cloud.gardener.logging.metrics;

/**
 * The failed operation: the label {@code type} of {@code fluentbit_gardener_errors_total}, with the names of the Go
 * plugin.
 */
public enum ErrorType {
  /** An output could not start. When no other output runs, it is counted with the next one that starts. */
  INIT("FLBPluginInit"),

  /** A flush failed because of an error of the plugin. */
  FLUSH("FLBPluginFlushCtx"),

  /** A queue did not accept a chunk's records: it is full, or its disk refuses. */
  ENQUEUE("Enqueuer"),

  /** A queue could not be read. */
  DEQUEUE("Dequeuer"),

  /** A file of the Go plugin's queue could not be imported, or not completely. */
  IMPORT("Import"),

  /** A batch failed permanently: its records are dropped. */
  SEND("SendRecord"),

  /** A Cluster does not contain its shoot. */
  CAN_NOT_EXTRACT_SHOOT("CanNotExtractShoot"),

  /** The API server did not answer a request about the shoots. */
  WATCH("Watch");

  private final String label;

  ErrorType(String label) {
    this.label = label;
  }

  /** The error type of records that were dropped for this reason; null when that is no error. */
  static ErrorType of(DropReason reason) {
    return switch (reason) {
      case QUEUE_FULL, QUEUE_FULL_OLDEST, MEMORY_FULL -> ENQUEUE;
      case EXPIRED, DAMAGED, REJECTED -> null;
      default -> reason.wasQueued() ? SEND : null;
    };
  }

  /** The value of the label. */
  public String label() {
    return label;
  }
}
