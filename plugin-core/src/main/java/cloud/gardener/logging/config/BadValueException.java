package cloud.gardener.logging.config;

/**
 * A value's text cannot be read. The message says where and why, and never repeats the text: it may
 * be a secret.
 */
final class BadValueException extends Exception {
  /** Nothing to say beyond what is accepted. */
  BadValueException() {
    super("");
  }

  BadValueException(String message) {
    super(message);
  }
}
