package cloud.gardener.logging.export;

/**
 * A client cannot be created from its configuration. The message is one line that names the key, its value unless it
 * is secret, and what would be valid.
 */
public final class ExportException extends Exception {
  public ExportException(String message) {
    super(message);
  }
}
