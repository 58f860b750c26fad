package cloud.gardener.logging.export;

import java.util.function.Consumer;

/**
 * Hands requests to one backend. Made by {@link ExportClients}; a client keeps no queue and never
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
   * @param request what to send
   * @param done called exactly once, on any thread: on the caller's before this method returns, or
   *     on the thread that drives the connections of all targets. So it must be short, must not
   *     block, and must not rely on the caller's locks being free
   */
  void export(ExportRequest request, Consumer<ExportResult> done);

  /**
   * Ends the exports under way, each with a {@link ExportResult.Retry}, and gives up the client's
   * share of the connection. An export that follows ends with a {@link ExportResult.Retry} as well.
   * Closing twice does nothing.
   */
  @Override
  void close();
}
