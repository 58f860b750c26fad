package cloud.gardener.logging.config.value;

/**
 * A value's text cannot be read. The message says where and why, and never repeats the text: it may
 * be a secret.
 */
public final class BadValueException extends Exception {
  /** Nothing to say beyond what is accepted. */
  public BadValueException() {
    super("");
  }

  public BadValueException(String message) {
    super(message);
  }
}
