package cloud.gardener.logging.metrics;

/** The kind of a failed export: the label {@code error_type}. */
public enum ExportError {
  /** The batch is kept and sent again. */
  RETRY("retry"),

  /** The backend refuses the request's content: it is sent again in parts, or given up. */
  PERMANENT("permanent"),

  /** The backend refuses every request: the batch is kept and sent again. */
  DESTINATION("destination"),

  /** The backend requires smaller requests. */
  TOO_LARGE("too_large");

  private final String label;

  ExportError(String label) {
    this.label = label;
  }

  /** The value of the label. */
  public String label() {
    return label;
  }
}
