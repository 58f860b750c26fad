package cloud.gardener.logging.export;

import java.util.function.Consumer;

/**
 * Hands requests to one backend. Made by {@code ExportClients}; a client keeps no queue and never
 * tries twice: what is to be done after a result is the caller's, see {@link ExportResult}.
 *
 * <p>Thread-safe: any number of exports may be under way at once.
 */
public interface ExportClient extends AutoCloseable {
  /**
   * Sends a request and reports how it ended. Nothing is thrown: each failure is a result.
   *
   * <p>The bytes of the request must not change until {@code done} has been called: they may be
   * read as late as the connection is up.
   *
   * <p><b>Order.</b> Requests under way together share a connection piece by piece, so a later one may
   * be complete before an earlier one. Whoever begins a request when the one before is written (or
   * done) has it behind that one on the same connection: gRPC and HTTP/2 keep to one connection, but
   * for the moment when another replaces it (other certificates, a timeout, a server that takes its
   * leave). Requests of HTTP/1.1 that are under way together have a connection each, of which the
   * server may read any first.
   *
   * <p>Both callbacks come on any thread: on the caller's before this method returns, or on the thread
   * that drives the connections of all targets. So they must be short, must not block, and must not
   * rely on the caller's locks being free.
   *
   * @param request what to send
   * @param written called at most once, when the last byte of the request has been handed to the
   *     connection's socket (or to the TLS in front of it), past the flow control of HTTP/2; the server
   *     need not have it. Not called where that does not happen: no connection, a failure, a type
   *     without a network. {@code done} says as much, so wait for either. Not called after {@code done}
   *     on the same thread; on two threads the two may overlap or change places
   * @param done called exactly once
   */
  void export(ExportRequest request, Runnable written, Consumer<ExportResult> done);

  /** The same, for whoever has no use for the order of requests. */
  default void export(ExportRequest request, Consumer<ExportResult> done) {
    export(request, () -> {}, done);
  }

  /** How its requests travel, to be put behind the endpoint in a log line; empty where that is plain. */
  default String way() {
    return "";
  }

  /**
   * Ends the exports under way, each with a {@link ExportResult.Retry}, and gives up the client's
   * share of the connection. An export that follows ends with a {@link ExportResult.Retry} as well.
   * Closing twice does nothing.
   */
  @Override
  void close();
}
