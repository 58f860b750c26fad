package cloud.gardener.logging.metrics.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.metrics.Labels;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.metrics.PrometheusText;
import cloud.gardener.logging.metrics.QueueGauges;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsServerTest {
  @Test
  void shouldServeTheFormatThatPrometheusAccepts() throws Exception {
    try (ServedMetrics served = new ServedMetrics()) {
      served.metrics.openTarget(Labels.seed("backend:4317")).incoming(3);

      HttpResponse<String> text = served.get("/metrics");
      HttpResponse<String> open =
          served.send(
              served
                  .request("/metrics")
                  .header("Accept", "application/openmetrics-text; version=1.0.0, text/plain;q=0.5"));

      assertEquals(200, text.statusCode());
      assertEquals("text/plain; version=0.0.4; charset=utf-8", type(text));
      assertEquals(
          3,
          PrometheusText.parse(text.body())
              .value("fluentbit_gardener_incoming_logs_total{host=\"garden\"}"));
      assertEquals("application/openmetrics-text; version=1.0.0; charset=utf-8", type(open));
      assertTrue(open.body().endsWith("# EOF\n"), open.body());
    }
  }

  @Test
  void shouldAnswerHealthWithTheReason() throws Exception {
    try (ServedMetrics served = new ServedMetrics()) {
      assertEquals(200, served.get("/healthz").statusCode());
      assertEquals("ok\n", served.get("/healthz").body());

      served.problem = "dynamic/seed: the disk refuses";
      served.health.check();

      assertEquals(503, served.get("/healthz").statusCode());
      assertEquals("dynamic/seed: the disk refuses\n", served.get("/healthz").body());
    }
  }

  @Test
  void shouldListenOnTheConfiguredAddress() throws Exception {
    int port = ServedMetrics.freePort();
    try (PluginMetrics metrics = new PluginMetrics("1");
        HealthWatch health = new HealthWatch(() -> null, () -> Heartbeat.ABSENT, System::nanoTime);
        MetricsServer server = MetricsServer.start("127.0.0.2", port, metrics, health)) {
      server.serveProfiles();

      new Socket("127.0.0.2", port).close();
      assertThrows(ConnectException.class, () -> new Socket("127.0.0.1", port).close());
    }
  }

  @Test
  void shouldNameAnAddressThatIsNotLocal() throws Exception {
    try (ServerLog log = new ServerLog();
        PluginMetrics metrics = new PluginMetrics("1");
        HealthWatch health = new HealthWatch(() -> null, () -> Heartbeat.ABSENT, System::nanoTime);
        MetricsServer server = MetricsServer.start("192.0.2.1", 2021, metrics, health)) {
      server.serveProfiles();

      assertEquals(1, log.lines.size());
      assertTrue(
          log.lines.get(0).startsWith(
              "no metrics and no /healthz: cannot listen on MetricsPort 2021 of MetricsAddress 192.0.2.1: "),
          log.lines.get(0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/metrics", "/healthz"})
  void shouldAnswerHeadLikeGetWithoutBody(String path) throws Exception {
    try (ServedMetrics served = new ServedMetrics()) {
      HttpResponse<String> get = served.get(path);
      HttpResponse<String> head =
          served.send(served.request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()));

      assertEquals(200, head.statusCode());
      assertEquals(type(get), type(head));
      assertEquals("", head.body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/metrics/", "/metricsx", "/healthz/x", "/debug/pprof/", "/debug/pprof/heap"})
  void shouldReturn404ForOtherPaths(String path) throws Exception {
    try (ServedMetrics served = new ServedMetrics()) {
      assertEquals(404, served.get(path).statusCode());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
  void shouldAllowOnlyGetAndHead(String method) throws Exception {
    try (ServedMetrics served = new ServedMetrics()) {
      HttpResponse<String> response =
          served.send(served.request("/metrics").method(method, HttpRequest.BodyPublishers.ofString("x")));

      assertEquals(405, response.statusCode());
      assertEquals("GET, HEAD", response.headers().firstValue("Allow").orElse(""));
    }
  }

  @Test
  void shouldRunWithoutPagesWhenThePortIsInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0);
        ServerLog log = new ServerLog();
        PluginMetrics metrics = new PluginMetrics("1");
        HealthWatch health = new HealthWatch(() -> null, () -> Heartbeat.ABSENT, System::nanoTime);
        MetricsServer server = MetricsServer.start("", taken.getLocalPort(), metrics, health)) {
      server.serveProfiles();

      assertEquals(
          List.of(
              "no metrics and no /healthz: cannot listen on MetricsPort "
                  + taken.getLocalPort()
                  + ": Address already in use"),
          log.lines);
    }
  }

  @Test
  void shouldAnswerTheKubeletWhileOtherClientsAreSlow() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try (ServedMetrics served = new ServedMetrics()) {
      for (int i = 0; i < 12; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port);
        slow.add(socket);
        socket.getOutputStream().write("GET /met".getBytes(US_ASCII));
      }

      assertEquals(200, served.get("/healthz").statusCode());
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void shouldEndAPageInOpenMetricsOnce() throws Exception {
    try (ServedMetrics served = new ServedMetrics()) {
      String page =
          served
              .send(served.request("/metrics").header("Accept", "application/openmetrics-text"))
              .body();

      assertEquals(page.length() - "# EOF\n".length(), page.indexOf("# EOF"), page);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/"})
  void shouldAnswer500AndLogOnceWhenAPageFails(String path) throws Exception {
    try (ServedMetrics served = new ServedMetrics();
        ServerLog log = new ServerLog()) {
      served.metrics.openTarget(Labels.seed("backend:4317")).queue(new FailingQueue(new OutOfMemoryError("Java heap space")));

      for (int i = 0; i < 3; i++) {
        HttpResponse<String> response = served.get(path);
        assertEquals(500, response.statusCode());
        assertEquals("the page failed: java.lang.OutOfMemoryError: Java heap space\n", response.body());
      }

      assertEquals(
          List.of(
              path
                  + " fails, its requests are answered with 500 or cut off; logs are delivered all"
                  + " the same"),
          log.lines);
      assertEquals(200, served.get("/healthz").statusCode());
    }
  }

  @Test
  void shouldAbortAPageThatFailsInTheMiddle() throws Exception {
    try (ServedMetrics served = new ServedMetrics();
        ServerLog log = new ServerLog()) {
      for (int i = 0; i < 100; i++) {
        served.metrics.openTarget(Labels.shoot("shoot--a--" + i, "backend-" + i + ":4317")).incoming(1);
      }
      served.metrics.openTarget(Labels.seed("backend:4317")).queue(new FailingQueue(new OutOfMemoryError("Java heap space")));

      assertThrows(IOException.class, () -> served.get("/metrics"));
      assertEquals(1, log.lines.size(), log.lines.toString());
    }
  }

  @Test
  void shouldServeTwoConcurrentScrapesAndRefuseAThird() throws Exception {
    try (ServedMetrics served = new ServedMetrics()) {
      HeldQueue queue = new HeldQueue(MetricsPage.MAX_SCRAPES);
      served.metrics.openTarget(Labels.seed("backend:4317")).queue(queue);
      List<CompletableFuture<HttpResponse<String>>> scrapes = new ArrayList<>();
      for (int i = 0; i < MetricsPage.MAX_SCRAPES; i++) {
        scrapes.add(served.sendAsync("/metrics"));
      }
      assertTrue(queue.reached.await(30, TimeUnit.SECONDS));

      assertEquals(503, served.get("/metrics").statusCode());
      assertEquals(200, served.get("/healthz").statusCode());

      queue.released.countDown();
      for (CompletableFuture<HttpResponse<String>> scrape : scrapes) {
        assertEquals(200, scrape.get(30, TimeUnit.SECONDS).statusCode());
      }
      assertEquals(200, served.get("/metrics").statusCode());
    }
  }

  @Test
  void shouldReleaseThePort() throws Exception {
    ServedMetrics served = new ServedMetrics();
    served.get("/healthz");
    served.close();

    assertThrows(ConnectException.class, () -> served.get("/healthz"));
    new ServerSocket(served.port).close();
  }

  /** Holds a scrape in its middle. */
  private static final class HeldQueue implements QueueGauges {
    final CountDownLatch reached;
    final CountDownLatch released = new CountDownLatch(1);

    HeldQueue(int scrapes) {
      reached = new CountDownLatch(scrapes);
    }

    @Override
    public long records() {
      return 0;
    }

    @Override
    public long bytes() {
      return 0;
    }

    /** Read once a scrape. */
    @Override
    public long entries() {
      reached.countDown();
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return 0;
    }
  }

  private static String type(HttpResponse<String> response) {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  /** What the server logs, instead of the console. */
  private static final class ServerLog extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger(MetricsServer.class.getName());
    private final List<String> lines = new ArrayList<>();

    ServerLog() {
      logger.addHandler(this);
      logger.setUseParentHandlers(false);
    }

    @Override
    public void publish(LogRecord event) {
      lines.add(new SimpleFormatter().formatMessage(event));
    }

    @Override
    public void flush() {
      // Nothing is held.
    }

    @Override
    public void close() {
      logger.removeHandler(this);
      logger.setUseParentHandlers(true);
    }
  }
}
