package cloud.gardener.logging.seed;

/** What the user has to put right. Its message is all that is said. */
final class SeedException extends RuntimeException {
  SeedException(String message) {
    super(message);
  }
}
