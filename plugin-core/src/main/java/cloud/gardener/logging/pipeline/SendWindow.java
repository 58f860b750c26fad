package cloud.gardener.logging.pipeline;

/**
 * How many requests of a target may be under way at once: one at first, more while the backend answers,
 * one again when it fails.
 *
 * <p>What is under way beside a request that fails overtakes it. A backend that refuses now and then
 * therefore gets one request at a time, and all records in order; one that is only slow gets as many as
 * are allowed.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
final class SendWindow {
  /**
   * Good answers in a row before one more request may be under way. A backend that refuses one request in
   * ten hardly ever gives so many (18 of 100 times); one that refuses nothing has given enough for ten at
   * once after 144 requests: a second where it answers in 20 ms, 14 seconds where it takes 300 ms.
   */
  static final int ANSWERS_TO_GROW = 16;

  private final int max;
  private int size = 1;
  private int answersInARow;

  /**
   * Allows one.
   *
   * @param max what it may grow to, positive
   */
  SendWindow(int max) {
    this.max = max;
  }

  /** Requests that may be under way now: at least 1. */
  int size() {
    return size;
  }

  /** A request was answered for good, with yes or no. */
  void answered() {
    if (size < max && ++answersInARow == ANSWERS_TO_GROW) {
      answersInARow = 0;
      size++;
    }
  }

  /** A request failed in a way that may pass. */
  void failed() {
    size = 1;
    answersInARow = 0;
  }
}
