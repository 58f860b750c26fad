package cloud.gardener.logging.queue;

/** A queue that cannot be opened. The message is one line that tells the user what and where. */
public final class QueueException extends Exception {
  private static final long serialVersionUID = 1;

  public QueueException(String message) {
    super(message);
  }

  public QueueException(String message, Throwable cause) {
    super(message, cause);
  }
}
