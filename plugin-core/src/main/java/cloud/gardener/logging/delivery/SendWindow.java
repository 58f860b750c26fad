package cloud.gardener.logging.delivery;

/**
 * Limits the number of a target's requests in flight. It starts at one, grows while the backend accepts
 * requests, and returns to one when the backend does not.
 *
 * <p>Requests that are in flight together with a failing one overtake it. A backend that refuses now and then
 * therefore gets one request at a time, and all records in order. A backend that is only slow gets the
 * maximum.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
final class SendWindow {
  /**
   * Accepted requests in a row before the window grows by one. A backend that refuses one request in ten
   * rarely accepts that many in a row (18 of 100 times). A backend that refuses nothing reaches a window of
   * ten after 144 requests: 1 second at a latency of 20 ms, 14 seconds at 300 ms.
   */
  static final int REQUESTS_TO_GROW = 16;

  private final int max;
  private int size = 1;
  private int acceptedInARow;

  /**
   * Starts with a window of one.
   *
   * @param max upper bound of the window, positive
   */
  SendWindow(int max) {
    this.max = max;
  }

  /** The number of requests that may be in flight now, at least 1. */
  int size() {
    return size;
  }

  void onAccepted() {
    if (size < max && ++acceptedInARow == REQUESTS_TO_GROW) {
      acceptedInARow = 0;
      size++;
    }
  }

  /** A request failed or was refused: all of it or parts of it will be sent again. */
  void reset() {
    size = 1;
    acceptedInARow = 0;
  }
}
