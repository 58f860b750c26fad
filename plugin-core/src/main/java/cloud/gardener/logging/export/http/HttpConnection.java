package cloud.gardener.logging.export.http;

/**
 * One connection to a server of HTTP. Everything happens on the thread that drives the connections.
 */
interface HttpConnection {
  /** Whether it takes another call now. */
  boolean isFree();

  /** Whether no call is under way on it. */
  boolean isIdle();

  /** Whether it takes many calls at once. */
  boolean isHttp2();

  /** Sends a call, which then hears of its answer or its failure. To be called only when free. */
  void send(HttpCall call);

  /** The call is over before its answer, and nobody waits for it any more. */
  void abandon(HttpCall call);

  /** Takes no further call, and closes when those under way have ended. */
  void retire();

  /** Closes at once: calls under way fail. */
  void close();
}
