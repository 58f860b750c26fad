package cloud.gardener.logging.metrics.server;

import cloud.gardener.logging.metrics.PluginMetrics;
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
 * people, and {@code /debug/pprof/} where it is asked for.
 *
 * <p>The kubelet waits one second for its answer, so clients that are slow must not hold all threads: a client has
 * {@value #REQUEST_SECONDS} seconds to say what it wants and {@value #RESPONSE_SECONDS} to take the answer, then it is
 * cut off. Idle threads end. A page that fails answers 500; where it had begun to answer, the connection is cut, so that
 * no half page is taken for a whole one.
 *
 * <p>Thread-safe.
 */
public final class MetricsServer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(MetricsServer.class.getName());

  private static final int THREADS = 4;
  private static final int IDLE_SECONDS = 10;
  private static final int REQUEST_SECONDS = 3;

  /** Above {@link CpuProfile#MAX_SECONDS}, because the time that a page takes counts too. */
  private static final int RESPONSE_SECONDS = 65;

  private static final int MAX_CONNECTIONS = 64;

  static {
    // The JDK's server reads these once, when it is loaded, and without them lets clients take their time.
    limit("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
    limit("sun.net.httpserver.maxRspTime", RESPONSE_SECONDS);
    limit("jdk.httpserver.maxConnections", MAX_CONNECTIONS);
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
   * Starts to serve on all addresses. A port that is taken is no reason to lose logs: that is said in one
   * line, and the plugin goes on without its pages.
   *
   * @param port 1 to 65535; 0 for no server
   */
  public static MetricsServer start(int port, PluginMetrics metrics, HealthWatch health) {
    MetricsServer started = new MetricsServer(port == 0 ? null : listen(port), threads());
    started.pages.put("/", request -> new StatusPage(metrics, health).answer());
    started.pages.put("/healthz", request -> health(health));
    started.pages.put("/metrics", new MetricsPage(metrics));
    started.serve();
    return started;
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

  private static ExecutorService threads() {
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

  /** Serves profiles too, below {@code /debug/pprof/}. A second call does nothing. */
  public void serveProfiles() {
    Profiles.addTo(pages);
  }

  private static Answer health(HealthWatch health) {
    String reason = health.problem();
    return reason == null ? Answer.text(200, "ok\n") : Answer.text(503, reason + "\n");
  }

  /** Throws nothing but IOExceptions: they make the JDK's server close the connection, and others do not. */
  private void handle(HttpExchange exchange) throws IOException {
    try {
      serve(exchange);
    } catch (RuntimeException | Error e) {
      throw new IOException("cannot even say that the page failed", e);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    Answer answer = answer(exchange, head);
    Reply reply = new Reply(exchange, answer);
    try (Body body = answer.body()) {
      if (!head) {
        body.writeTo(reply);
      }
      reply.end(head);
    } catch (RuntimeException | Error e) {
      failures.failed(exchange.getRequestURI().getPath(), e);
      reply.fail(defect(e));
    }
  }

  private Answer answer(HttpExchange exchange, boolean head) throws IOException {
    Page page = pages.get(exchange.getRequestURI().getPath());
    if (page == null) {
      return Answer.text(404, "no such page; / says what there is\n");
    }
    if (!head && !exchange.getRequestMethod().equals("GET")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return Answer.text(405, "only GET and HEAD\n");
    }
    try {
      return page.get(exchange);
    } catch (RuntimeException | Error e) {
      failures.failed(exchange.getRequestURI().getPath(), e);
      return defect(e);
    }
  }

  private static Answer defect(Throwable e) {
    return Answer.text(500, "the page failed: " + e + "\n");
  }

  private static void limit(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }

  /** Stops to listen; a request under way is cut off. */
  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
    threads.shutdownNow();
  }
}
