package cloud.gardener.logging.queue;

/** A queue cannot be opened. The message is one line that names the problem and the place for the user. */
public final class QueueException extends Exception {
  private static final long serialVersionUID = 1;

  public QueueException(String message) {
    super(message);
  }

  public QueueException(String message, Throwable cause) {
    super(message, cause);
  }
}
