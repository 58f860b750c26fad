package cloud.gardener.logging.kubernetes;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * The part of the API server's interface that is needed: streamed responses to GET. Only used on the event loop.
 */
interface ApiClient extends AutoCloseable {
  /** A request in flight. */
  interface Call {
    /** Ends the request; the listener is not called again. */
    void cancel();
  }

  /** Receives the events of one request on the event loop: a status, parts of the body, one end. */
  interface ResponseListener {
    /**
     * The server has responded.
     *
     * @param retryAfter the header Retry-After, or null
     */
    void responded(int status, String retryAfter);

    /** The next part of the body; valid during the call. The part after it is requested when the call returns. */
    void received(ByteBuffer bytes);

    /** The body is complete. Nothing follows. */
    void ended();

    /** There is no response, or its rest is missing. Nothing follows. */
    void failed(WatchProblem problem);
  }

  /**
   * Sends a request. Errors are reported to {@code listener}, asynchronously.
   *
   * @param path with its query
   * @param accept the media types to accept
   * @param deadline timeout of the whole response
   */
  Call get(String path, String accept, Duration deadline, ResponseListener listener);

  /** Uses new connections for requests from now on: open ones may be dead. */
  void renewConnections();

  /** Ends all requests in flight. */
  @Override
  void close();
}
