package cloud.gardener.logging.kubernetes;

import java.nio.ByteBuffer;
import java.time.Duration;

/** The API server, as far as it is needed: streamed answers to GET. Used on the control thread only. */
interface Api extends AutoCloseable {
  /** A request under way. */
  interface Call {
    /** Ends it; nothing more is told. */
    void cancel();
  }

  /** Is told about one request, on the control thread: a status, parts of the body, one end. */
  interface Reply {
    /**
     * The server has answered.
     *
     * @param retryAfter its header Retry-After, or null
     */
    void answered(int status, String retryAfter);

    /** More of the body; valid during the call. The next part is asked for afterwards. */
    void part(ByteBuffer bytes);

    /** The body is complete. Nothing follows. */
    void ended();

    /** There is no answer, or no more of it. Nothing follows. */
    void failed(Problem problem);
  }

  /**
   * Sends a request. Whatever is wrong is told to {@code reply}, later.
   *
   * @param path with its query
   * @param accept the media types to ask for
   * @param limit after it an answer is not waited for any more
   */
  Call get(String path, String accept, Duration limit, Reply reply);

  /** Opens new connections for what is asked from now on: those that are open may be dead. */
  void reconnect();

  /** Ends all that is under way. */
  @Override
  void close();
}
