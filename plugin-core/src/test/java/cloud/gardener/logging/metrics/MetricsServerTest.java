package cloud.gardener.logging.metrics;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsServerTest {
  @Test
  void shouldServeMetricsAsPrometheusAsks() throws Exception {
    try (ServedMetrics served = new ServedMetrics()) {
      served.metrics.open(Labels.seed("backend:4317")).incoming(3);

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
      served.health.look();

      assertEquals(503, served.get("/healthz").statusCode());
      assertEquals("dynamic/seed: the disk refuses\n", served.get("/healthz").body());
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
  void shouldNotKnowOtherPages(String path) throws Exception {
    try (ServedMetrics served = new ServedMetrics()) {
      assertEquals(404, served.get(path).statusCode());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
  void shouldAllowOnlyReading(String method) throws Exception {
    try (ServedMetrics served = new ServedMetrics()) {
      HttpResponse<String> response =
          served.send(served.request("/metrics").method(method, HttpRequest.BodyPublishers.ofString("x")));

      assertEquals(405, response.statusCode());
      assertEquals("GET, HEAD", response.headers().firstValue("Allow").orElse(""));
    }
  }

  @Test
  void shouldGoOnWithoutItsPagesWhenThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0);
        ServerLog log = new ServerLog();
        PluginMetrics metrics = new PluginMetrics("1");
        HealthWatch health = new HealthWatch(() -> null, () -> Pulse.ABSENT, System::nanoTime);
        MetricsServer server = MetricsServer.start(taken.getLocalPort(), metrics, health)) {
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
  void shouldAnswerTheKubeletWhileOthersTakeTheirTime() throws Exception {
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
  void shouldFreeItsPort() throws Exception {
    ServedMetrics served = new ServedMetrics();
    served.get("/healthz");
    served.close();

    assertThrows(ConnectException.class, () -> served.get("/healthz"));
    new ServerSocket(served.port).close();
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
