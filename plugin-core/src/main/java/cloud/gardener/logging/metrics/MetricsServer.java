package cloud.gardener.logging.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The HTTP server of the process: {@code /metrics} for Prometheus, {@code /healthz} for the kubelet. It
 * answers on one thread, one request at a time.
 *
 * <p>Thread-safe.
 */
public final class MetricsServer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(MetricsServer.class.getName());
  private static final String TEXT = "text/plain; charset=utf-8";

  private final HttpServer server;
  private final PluginMetrics metrics;
  private final Supplier<String> problem;

  private MetricsServer(HttpServer server, PluginMetrics metrics, Supplier<String> problem) {
    this.server = server;
    this.metrics = metrics;
    this.problem = problem;
  }

  /**
   * Starts to serve on all addresses. A port that is taken is no reason to lose logs: that is said in one
   * line, and the plugin goes on without its pages.
   *
   * @param port 1 to 65535; 0 for no server
   * @param problem why the plugin cannot take or hand over records; null when it can
   */
  public static MetricsServer start(int port, PluginMetrics metrics, Supplier<String> problem) {
    MetricsServer pages = new MetricsServer(port == 0 ? null : listen(port), metrics, problem);
    pages.serve();
    return pages;
  }

  private static HttpServer listen(int port) {
    try {
      return HttpServer.create(new InetSocketAddress(port), 0);
    } catch (IOException e) {
      LOG.log(
          Level.SEVERE,
          "no metrics and no /healthz: cannot listen on MetricsPort {0}: {1}",
          new Object[] {Integer.toString(port), e.getMessage()});
      return null;
    }
  }

  private void serve() {
    if (server != null) {
      server.createContext("/metrics", this::metrics);
      server.createContext("/healthz", this::health);
      server.start();
    }
  }

  private void metrics(HttpExchange exchange) throws IOException {
    String type = PluginMetrics.contentType(exchange.getRequestHeaders().getFirst("Accept"));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    metrics.write(body, type);
    answer(exchange, 200, type, body.toByteArray());
  }

  private void health(HttpExchange exchange) throws IOException {
    String reason = problem.get();
    int status = reason == null ? 200 : 503;
    answer(exchange, status, TEXT, ((reason == null ? "ok" : reason) + "\n").getBytes(UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  /** Stops to listen; a request under way is cut off. */
  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
  }
}
