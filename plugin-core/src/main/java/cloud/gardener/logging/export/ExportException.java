package cloud.gardener.logging.export;

/**
 * A client cannot be made from its configuration. The message is one line that names the key, its
 * value where that is no secret, and what would be right.
 */
public final class ExportException extends Exception {
  public ExportException(String message) {
    super(message);
  }
}
