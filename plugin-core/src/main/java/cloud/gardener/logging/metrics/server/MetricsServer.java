package cloud.gardener.logging.metrics.server;

import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.metrics.profile.CpuProfile;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The HTTP server of the process: {@code /metrics} for Prometheus, {@code /healthz} for the kubelet, {@code /} for
 * people, and, if enabled, {@code /debug/pprof/}.
 *
 * <p>The kubelet waits one second for a response, so slow clients must not occupy all threads. A client has {@value
 * #REQUEST_SECONDS} seconds to send its request and {@value #RESPONSE_SECONDS} to receive the response; then its
 * connection is closed. Idle threads end. A page that fails responds with 500. If its response has already started,
 * the connection is closed instead, so that an incomplete page is not mistaken for a complete one.
 *
 * <p>Thread-safe.
 */
public final class MetricsServer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(MetricsServer.class.getName());

  /** Two scrapes, two pages for people, one for scripts, a profile: one is left for the kubelet. */
  private static final int THREADS = 7;
  private static final int IDLE_SECONDS = 10;
  private static final int REQUEST_SECONDS = 3;

  /** Above {@link CpuProfile#MAX_SECONDS}, because the time in which a page is generated counts too. */
  private static final int RESPONSE_SECONDS = 65;

  private static final int MAX_CONNECTIONS = 64;

  static {
    // The JDK's server reads these properties once, when its class is loaded. Without them, clients have no time
    // limit.
    setDefaultProperty("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
    setDefaultProperty("sun.net.httpserver.maxRspTime", RESPONSE_SECONDS);
    setDefaultProperty("jdk.httpserver.maxConnections", MAX_CONNECTIONS);
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final PageFailures failures = new PageFailures(LOG, System::nanoTime);

  private MetricsServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts the server. A port that is already used must not cost logs: it is logged in one line,
   * and the plugin runs without its pages.
   *
   * @param address an IP address; empty for all of this machine
   * @param port 1 to 65535; 0 for no server
   */
  public static MetricsServer start(
      String address, int port, PluginMetrics metrics, HealthWatch health) {
    MetricsServer server =
        new MetricsServer(port == 0 ? null : listen(address, port), newExecutor());
    StatusPage status = new StatusPage(metrics, health);
    String refusal = "the status is being sent to somebody else, ask again\n";
    server.pages.put("/", new LimitedPage(status::htmlOrText, 2, refusal));
    server.pages.put("/status.json", new LimitedPage(status::json, 1, refusal));
    server.pages.put("/healthz", request -> healthResponse(health));
    server.pages.put("/metrics", MetricsPage.of(metrics));
    server.serve();
    return server;
  }

  private static HttpServer listen(String address, int port) {
    try {
      InetSocketAddress anyAddress = new InetSocketAddress(port);
      return HttpServer.create(address.isEmpty() ? anyAddress : new InetSocketAddress(address, port), 0);
    } catch (IOException e) {
      LOG.log(
          Level.SEVERE,
          "no metrics and no /healthz: cannot listen on MetricsPort {0}{1}: {2}",
          new Object[] {
            Integer.toString(port),
            address.isEmpty() ? "" : " of MetricsAddress " + address,
            e.getMessage()
          });
      return null;
    }
  }

  private static ExecutorService newExecutor() {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "gardener-http-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private void serve() {
    if (server != null) {
      server.createContext("/", this::handle);
      server.setExecutor(threads);
      server.start();
    }
  }

  /** Also serves profiles, below {@code /debug/pprof/}. Idempotent. */
  public void serveProfiles() {
    Profiles.addTo(pages);
  }

  private static PageResponse healthResponse(HealthWatch health) {
    String reason = health.problem();
    return reason == null ? PageResponse.text(200, "ok\n") : PageResponse.text(503, reason + "\n");
  }

  /** Throws only IOExceptions: they make the JDK's server close the connection, other exceptions do not. */
  private void handle(HttpExchange exchange) throws IOException {
    try {
      serve(exchange);
    } catch (RuntimeException | Error e) {
      throw new IOException("cannot even say that the page failed", e);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    PageResponse response = respond(exchange, head);
    ResponseWriter writer = new ResponseWriter(exchange, response);
    try (BodyWriter body = response.body()) {
      if (!head) {
        body.writeTo(writer);
      }
      writer.complete(head);
    } catch (RuntimeException | Error e) {
      failures.log(exchange.getRequestURI().getPath(), e);
      writer.replaceWith(failedPage(e));
    }
  }

  private PageResponse respond(HttpExchange exchange, boolean head) throws IOException {
    Page page = pages.get(exchange.getRequestURI().getPath());
    if (page == null) {
      return PageResponse.text(404, "no such page; / says what there is\n");
    }
    if (!head && !exchange.getRequestMethod().equals("GET")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return PageResponse.text(405, "only GET and HEAD\n");
    }
    try {
      return GzipBody.compress(page.get(exchange), exchange.getRequestHeaders().getFirst("Accept-Encoding"));
    } catch (RuntimeException | Error e) {
      failures.log(exchange.getRequestURI().getPath(), e);
      return failedPage(e);
    }
  }

  private static PageResponse failedPage(Throwable e) {
    return PageResponse.text(500, "the page failed: " + e + "\n");
  }

  private static void setDefaultProperty(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }

  /** Stops listening; requests in progress are aborted. */
  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
    threads.shutdownNow();
  }
}
