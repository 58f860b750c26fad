package cloud.gardener.logging.metrics;

/** What came of a question about a namespace: the label {@code result}. */
public enum QuestionResult {
  /** It is a shoot's. */
  FOUND("found"),

  /** It is no shoot's. */
  ABSENT("absent"),

  /** The API server did not answer. */
  FAILED("failed");

  private final String label;

  QuestionResult(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
