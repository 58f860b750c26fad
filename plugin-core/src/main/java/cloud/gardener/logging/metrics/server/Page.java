package cloud.gardener.logging.metrics.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** One path of the server. Called by several threads at once. */
interface Page {
  /** Answers GET; the server itself writes what is answered. */
  Answer get(HttpExchange request) throws IOException;
}
