package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.keys.ConfigReader;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.intake.FlushResult;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.metrics.TargetMetrics;
import cloud.gardener.logging.sink.OtlpSink;
import cloud.gardener.logging.sink.SinkBehaviour;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Status;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A destination that refuses everything for a while, over real transports: nothing is lost. */
class DestinationTest {
  private static final int RECORDS = 2_000;
  private static final int PROBES = 4;

  @TempDir Path folder;

  private final Set<String> bodies = new HashSet<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final List<String> lines = new ArrayList<>();
  private final Handler log = new Lines();
  private HttpServer http;
  private volatile int status = 200;
  private volatile boolean html;

  @BeforeEach
  void start() throws Exception {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/v1/logs", this::handleRequest);
    http.start();
    Logger.getLogger("").addHandler(log);
  }

  @AfterEach
  void stop() {
    Logger.getLogger("").removeHandler(log);
    http.stop(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 401, 403, 404, 405, 407, 415, 500, 530, 400, 422, 413})
  void shouldLoseNothingWhileHttpRefuses(int code) throws Exception {
    status = code;
    assertDelivered("otlp_http", "127.0.0.1:" + http.getAddress().getPort(), () -> status = 200, code);
    assertEquals(RECORDS, bodies.size());
  }

  @Test
  void shouldLoseNothingWhileAWebFrontSaysOk() throws Exception {
    html = true;
    assertDelivered("otlp_http", "127.0.0.1:" + http.getAddress().getPort(), () -> html = false, 200);
    assertEquals(RECORDS, bodies.size());
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {
        "RESOURCE_EXHAUSTED", "UNKNOWN", "INTERNAL", "UNIMPLEMENTED", "UNAUTHENTICATED", "NOT_FOUND",
        "INVALID_ARGUMENT"
      })
  void shouldLoseNothingWhileGrpcRefuses(Status.Code code) throws Exception {
    try (OtlpSink sink = OtlpSink.startCapturing()) {
      SinkBehaviour refuse = SinkBehaviour.fail(code.toStatus().withDescription("told so"));
      sink.behave(
          () -> {
            refused.incrementAndGet();
            return refuse.next();
          });
      assertDelivered(
          "otlp_grpc",
          sink.address(),
          () -> sink.behave(SinkBehaviour.accept()),
          code == Status.Code.INVALID_ARGUMENT ? 400 : 500);
      assertEquals(RECORDS, sink.totals().records());
    }
  }

  /** Flushes while the destination refuses, and ends when all is delivered. */
  private void assertDelivered(String type, String address, Runnable recover, int code) throws Exception {
    Map<String, String> section = new HashMap<>();
    section.put("SeedType", type);
    section.put("Endpoint", address);
    section.put("Insecure", "true");
    section.put("DQueDir", folder.toString());
    section.put("DQueBatchProcessorExportInterval", "10ms");
    section.put("RetryInitialInterval", "100ms");
    section.put("RetryMaxInterval", "200ms");
    section.put("MetricsPort", "0");
    PluginConfig config = ConfigReader.parse(section::get);
    boolean ofThePayload = code == 400 || code == 413 || code == 422;
    ProcessServices services = ProcessServices.acquire(config);
    try (Output output = Output.open(config, Flocks.FREE)) {
      for (int from = 0; from < RECORDS; from += 100) {
        assertEquals(FlushResult.OK, output.flush(chunk(from, 100), "kubernetes.pod"));
      }
      TargetMetrics target = services.metrics().targets().get(0);
      int toDecide = ofThePayload ? 60 : 0;
      RoutedOutput.await("some probes", () -> refused.get() >= toDecide + PROBES);
      assertEquals(0, target.balance().dropped());
      String page = page(services);
      assertTrue(page.contains("error_type=\"destination\""), page);
      assertTrue(severeLines().contains("refuses every request"), this::severeLines);
      assertTrue(severeLines().contains(address), this::severeLines);
      assertTrue(severeLines().contains("Check "), this::severeLines);
      recover.run();
      RoutedOutput.await("all records", () -> target.balance().exported() == RECORDS);
      assertEquals(0, target.balance().dropped());
      assertEquals(1, lines.size(), this::severeLines);
    } finally {
      services.release();
    }
  }

  private static java.nio.ByteBuffer chunk(int from, int records) {
    MsgPack chunk = new MsgPack();
    for (int i = from; i < from + records; i++) {
      chunk.event(1_700_000_000, i, Map.of(), Map.of("log", "seq=" + i));
    }
    return chunk.chunk();
  }

  private static String page(ProcessServices services) throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    services.metrics().write(page, PluginMetrics.contentType(null));
    return page.toString();
  }

  private void handleRequest(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      if (html) {
        refused.incrementAndGet();
        byte[] page = "<html>Welcome</html>".getBytes();
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
        return;
      }
      if (status != 200) {
        refused.incrementAndGet();
      } else {
        storeRecords(request);
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private synchronized void storeRecords(byte[] request) throws IOException {
    ExportLogsServiceRequest.parseFrom(request).getResourceLogsList().stream()
        .flatMap(resource -> resource.getScopeLogsList().stream())
        .flatMap(scope -> scope.getLogRecordsList().stream())
        .forEach(record -> assertTrue(bodies.add(record.getBody().getStringValue()), "doubled"));
  }

  private String severeLines() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  /** Keeps what is logged at level error. */
  private final class Lines extends Handler {
    @Override
    public void publish(LogRecord record) {
      if (record.getLevel() == Level.SEVERE) {
        synchronized (lines) {
          lines.add(record.getMessage());
        }
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
