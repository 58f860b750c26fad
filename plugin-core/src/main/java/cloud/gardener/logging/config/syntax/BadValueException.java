package cloud.gardener.logging.config.syntax;

/** A value's text is invalid. The message says where and why, and never repeats the text: it may be a secret. */
public final class BadValueException extends Exception {
  /** Adds nothing to the description of what is accepted. */
  public BadValueException() {
    super("");
  }

  public BadValueException(String message) {
    super(message);
  }
}
