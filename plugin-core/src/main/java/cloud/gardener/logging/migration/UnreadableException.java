package cloud.gardener.logging.migration;

/** An item or a file of the plugin in Go cannot be read. The message says why, without the records' content. */
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1;

  UnreadableException(String message) {
    super(message);
  }
}
