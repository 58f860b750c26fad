package cloud.gardener.logging.metrics;

/** How an export failed: the label {@code error_type}. */
public enum ExportError {
  /** The batch stays and is sent again. */
  RETRY("retry"),

  /** No retry can help. */
  PERMANENT("permanent"),

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
