package cloud.gardener.logging.export.http;

/** One connection to an HTTP server. Used only on the thread that drives the connections. */
interface HttpConnection {
  /** Whether it accepts another call now. */
  boolean isFree();

  /** Whether it has no call in flight. */
  boolean isIdle();

  /** Whether it accepts concurrent calls. */
  boolean isHttp2();

  /** Sends a call, which is then notified of its response or failure. Requires {@link #isFree}. */
  void send(HttpCall call);

  /** The call ended before its response, which is to be ignored. */
  void abandon(HttpCall call);

  /** Accepts no further call, and closes when those in flight have ended. */
  void retire();

  /** Closes at once: calls in flight fail. */
  void close();
}
