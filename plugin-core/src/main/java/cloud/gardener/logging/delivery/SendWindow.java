package cloud.gardener.logging.delivery;

/**
 * How many requests of a target may be under way at once: one at first, more while the backend accepts them,
 * one again when it does not.
 *
 * <p>What is under way beside a request that fails overtakes it. A backend that refuses now and then
 * therefore gets one request at a time, and all records in order; one that is only slow gets as many as
 * are allowed.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
final class SendWindow {
  /**
   * Accepted requests in a row before one more request may be under way. A backend that refuses one request in
   * ten hardly ever accepts so many (18 of 100 times); one that refuses nothing has accepted enough for ten at
   * once after 144 requests: a second where it answers in 20 ms, 14 seconds where it takes 300 ms.
   */
  static final int REQUESTS_TO_GROW = 16;

  private final int max;
  private int size = 1;
  private int acceptedInARow;

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

  /** A request was accepted. */
  void accepted() {
    if (size < max && ++acceptedInARow == REQUESTS_TO_GROW) {
      acceptedInARow = 0;
      size++;
    }
  }

  /** A request failed, or was refused: all of it or parts of it will be sent again. */
  void failed() {
    size = 1;
    acceptedInARow = 0;
  }
}
