package cloud.gardener.logging.metrics;

/** The result of a request about a namespace: the label {@code result}. */
public enum QueryResult {
  /** The namespace belongs to a shoot. */
  FOUND("found"),

  /** The namespace belongs to no shoot. */
  ABSENT("absent"),

  /** The API server did not answer. */
  FAILED("failed");

  private final String label;

  QueryResult(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
