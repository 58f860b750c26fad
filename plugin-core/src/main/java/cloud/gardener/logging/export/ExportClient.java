package cloud.gardener.logging.export;

import java.util.function.Consumer;

/**
 * Sends requests to one backend. Created by {@code ExportClients}. A client has no queue and never retries: the
 * caller acts on the result, see {@link ExportResult}.
 *
 * <p>Thread-safe: any number of exports may be in flight.
 */
public interface ExportClient extends AutoCloseable {
  /**
   * Sends a request and reports its result. Throws nothing: each failure is a result.
   *
   * <p>The bytes of the request must not change until {@code done} is called: the client may read them only once the
   * connection is established.
   *
   * <p><b>Order.</b> Concurrent requests share a connection piece by piece, so a later one may complete before an
   * earlier one. A caller that starts a request only after the previous one is written (or done) keeps their order
   * on the connection. gRPC and HTTP/2 use a single connection, except while it is replaced (new certificates, a
   * timeout, a server that closes it). Concurrent HTTP/1.1 requests have a connection each, and the server may read
   * them in any order.
   *
   * <p>Both callbacks run on any thread: on the caller's before this method returns, or on the thread that drives
   * the connections of all targets. They must be short, must not block, and must not rely on the caller's locks
   * being free.
   *
   * @param request what to send
   * @param written called at most once, when the last byte of the request passed HTTP/2's flow control and was
   *     handed to the connection's socket (or to the TLS layer above it); the server may not have received it yet.
   *     Not called when that does not happen: no connection, a failure, a type without a network. {@code done}
   *     implies it, so wait for either. Never called after {@code done} on the same thread; on two threads, the two
   *     calls may overlap or swap
   * @param done called exactly once
   */
  void export(ExportRequest request, Runnable written, Consumer<ExportResult> done);

  /**
   * Like {@link #export(ExportRequest, Runnable, Consumer)}, for callers that do not depend on the order of
   * requests.
   */
  default void export(ExportRequest request, Consumer<ExportResult> done) {
    export(request, () -> {}, done);
  }

  /** How its requests are routed, appended to the endpoint in log lines; empty for a direct connection. */
  default String describeRoute() {
    return "";
  }

  /**
   * Ends the exports in flight, each with an {@link ExportResult.Retry}, and releases the client's share of the
   * connection. Later exports end with an {@link ExportResult.Retry} as well. Idempotent.
   */
  @Override
  void close();
}
