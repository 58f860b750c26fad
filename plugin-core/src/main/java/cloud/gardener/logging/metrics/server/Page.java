package cloud.gardener.logging.metrics.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** One path of the server. Called by several threads concurrently. */
interface Page {
  /** Returns the response to GET; the server writes it. */
  PageResponse get(HttpExchange request) throws IOException;
}
