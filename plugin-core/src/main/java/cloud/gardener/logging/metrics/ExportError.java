package cloud.gardener.logging.metrics;

/** How an export failed: the label {@code error_type}. */
public enum ExportError {
  /** The batch stays and is sent again. */
  RETRY("retry"),

  /** The backend refuses what is in the request: it is sent again in parts, or given up. */
  PERMANENT("permanent"),

  /** The backend refuses whatever is sent to it: the batch stays and is sent again. */
  DESTINATION("destination"),

  /** The backend wants smaller requests. */
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
