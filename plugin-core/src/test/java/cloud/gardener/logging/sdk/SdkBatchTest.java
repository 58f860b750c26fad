package cloud.gardener.logging.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.RetryConfig;
import cloud.gardener.logging.config.SdkBatchConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.RefusedPolicy;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.clients.ExportClients;
import cloud.gardener.logging.sink.OtlpSink;
import cloud.gardener.logging.sink.SinkBehaviour;
import cloud.gardener.logging.sink.SinkReply;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Metadata;
import io.grpc.Status;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SdkBatchTest {
  private static final Duration LONG = Plaintext.LONG;

  /** Close to the overflow of System.nanoTime, which the end of the attempts must survive. */
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);
  private static final int ROOM = 10;

  private final Counts counts = new Counts();
  private final ExportClients clients = new ExportClients(ExportListener.NONE);
  private final SdkTelemetry telemetry = new SdkTelemetry();
  private OtlpSink sink;
  private SdkBatch batch;

  /** Counts what it hears. */
  private static final class Counts implements SdkBatchListener {
    private final AtomicInteger exported = new AtomicInteger();
    private final AtomicInteger rejected = new AtomicInteger();
    private final AtomicInteger full = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile String reason = "";

    @Override
    public void onExported(int records) {
      exported.addAndGet(records);
    }

    @Override
    public void onRejected(int records, String message) {
      reason = message;
      rejected.addAndGet(records);
    }

    @Override
    public void onQueueFull(int records) {
      full.addAndGet(records);
    }

    @Override
    public void onLost(int records, String why) {
      reason = why;
      lost.addAndGet(records);
    }

    @Override
    public String toString() {
      return "exported " + exported + " rejected " + rejected + " full " + full + " lost " + lost;
    }
  }

  private RefusedPolicy policy = RefusedPolicy.KEEP;

  @BeforeEach
  void start() throws Exception {
    sink = OtlpSink.startCapturing();
    batch = newBatch(LONG);
  }

  @AfterEach
  void stop() {
    batch.close(Duration.ZERO);
    clients.close();
    telemetry.close();
    sink.close();
  }

  @Test
  void shouldExportInBatches() throws Exception {
    for (int i = 0; i < 5; i++) {
      batch.emit(records(2));
    }
    assertTrue(batch.flush(LONG));
    assertEquals("exported 10 rejected 0 full 0 lost 0", counts.toString());
    assertEquals(10, sink.totals().records());
    assertEquals(0, batch.pending());
  }

  @Test
  void shouldExportOverHttp() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    AtomicInteger status = new AtomicInteger(200);
    List<ExportLogsServiceRequest> seen = new CopyOnWriteArrayList<>();
    server.createContext(
        "/v1/logs",
        exchange -> {
          seen.add(ExportLogsServiceRequest.parseFrom(exchange.getRequestBody()));
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
    try {
      SdkBatch http =
          newBatch(
              TargetType.OTLP_HTTP, "127.0.0.1:" + server.getAddress().getPort(), LONG);
      http.emit(records(3));
      assertTrue(http.flush(LONG));
      assertEquals(3, seen.get(0).getResourceLogs(0).getScopeLogs(0).getLogRecordsCount());
      status.set(400);
      http.emit(records(2));
      http.close(LONG);
    } finally {
      server.stop(0);
    }
    assertEquals("exported 3 rejected 0 full 0 lost 2", counts.toString());
  }

  @Test
  void shouldExportByItselfWhenTheIntervalIsOver() throws Exception {
    batch.emit(records(1));
    await(() -> counts.exported.get() == 1);
  }

  @Test
  void shouldDropAndCountWhatFindsNoRoom() throws Exception {
    sink.behave(SinkBehaviour.always(new SinkReply.Hang()));
    batch.emit(records(25));
    assertEquals("exported 0 rejected 0 full 15 lost 0", counts.toString());
    assertEquals(ROOM, batch.pending());
    await(() -> sink.hanging() > 0);
    sink.behave(SinkBehaviour.accept());
    sink.releaseHanging();
    assertTrue(batch.flush(LONG));
    assertEquals("exported 10 rejected 0 full 15 lost 0", counts.toString());
  }

  /** A transient failure, and a destination that refuses. */
  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "UNIMPLEMENTED"})
  void shouldRetryWhileThereIsTime(Status.Code code) throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    sink.behave(
        () ->
            attempts.incrementAndGet() < 3
                ? new SinkReply.Fail(code.toStatus(), new Metadata())
                : new SinkReply.Accept());
    batch.emit(records(4));
    assertTrue(batch.flush(LONG));
    assertEquals(3, attempts.get());
    assertEquals("exported 4 rejected 0 full 0 lost 0", counts.toString());
  }

  @Test
  void shouldLoseAtOnceWhatTheDestinationRefusesByTheLetterOfOtlp() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    sink.behave(
        () -> {
          attempts.incrementAndGet();
          return new SinkReply.Fail(Status.UNIMPLEMENTED, new Metadata());
        });
    policy = RefusedPolicy.DROP;
    SdkBatch strict = newBatch(LONG);
    strict.emit(records(4));
    assertTrue(strict.flush(LONG));
    strict.close(LONG);
    assertEquals(1, attempts.get());
    assertEquals("exported 0 rejected 0 full 0 lost 4", counts.toString());
  }

  @Test
  void shouldCountAsLostWhatIsNotTakenInTime() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    sink.behave(
        () -> {
          attempts.incrementAndGet();
          clock.addAndGet(LONG.toNanos() / 2);
          return new SinkReply.Fail(Status.UNAVAILABLE.withDescription("down"), new Metadata());
        });
    batch.emit(records(4));
    assertTrue(batch.flush(LONG));
    assertEquals("UNAVAILABLE: down", counts.reason);
    assertEquals(2, attempts.get());
    assertEquals("exported 0 rejected 0 full 0 lost 4", counts.toString());
  }

  @Test
  void shouldCountAsLostWhatIsNeverTaken() throws Exception {
    sink.behave(SinkBehaviour.fail(Status.INVALID_ARGUMENT.withDescription("bad")));
    batch.emit(records(3));
    assertTrue(batch.flush(LONG));
    assertEquals("exported 0 rejected 0 full 0 lost 3", counts.toString());
    assertEquals("INVALID_ARGUMENT: bad", counts.reason);
  }

  @Test
  void shouldCountWhatIsRejected() throws Exception {
    sink.behave(SinkBehaviour.always(new SinkReply.Partial(2, "too old")));
    batch.emit(records(4));
    assertTrue(batch.flush(LONG));
    assertEquals("exported 2 rejected 2 full 0 lost 0", counts.toString());
    assertEquals("too old", counts.reason);
  }

  @Test
  void shouldExportWhatIsInMemoryAtTheEnd() throws Exception {
    batch.emit(records(7));
    batch.close(LONG);
    batch.close(LONG);
    assertEquals("exported 7 rejected 0 full 0 lost 0", counts.toString());
  }

  @Test
  void shouldCountAsLostWhatIsLeftAtTheEnd() throws Exception {
    sink.behave(SinkBehaviour.always(new SinkReply.Hang()));
    batch.emit(records(7));
    batch.close(Duration.ofMillis(100));
    assertEquals("exported 0 rejected 0 full 0 lost 7", counts.toString());
    batch.emit(records(1));
    sink.releaseHanging();
    assertEquals("exported 0 rejected 0 full 1 lost 7", counts.toString());
  }

  @Test
  void shouldRefuseWhatIsNoRequest() {
    assertThrows(IOException.class, () -> batch.emit(ByteBuffer.wrap(new byte[] {10, 99})));
    assertEquals(0, batch.pending());
  }

  @Test
  void shouldLetTheSdkCountWhatItWasGiven() throws Exception {
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(telemetry);
    batch.emit(records(ROOM + 15));
    assertTrue(scrape(registry).contains("otel_sdk_log_created_total 25.0\n"));
    batch.close(LONG);
    batch.emit(records(3));
    assertTrue(scrape(registry).contains("otel_sdk_log_created_total 25.0\n"));
    assertEquals("exported 10 rejected 0 full 18 lost 0", counts.toString());
    assertEquals(10, sink.totals().records());
  }

  @Test
  void shouldShowWhatTheSdkCountsOfItself() throws Exception {
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(telemetry);
    batch.emit(records(4));
    assertTrue(batch.flush(LONG));
    SdkBatch http = newBatch(TargetType.OTLP_HTTP, sink.address(), Duration.ofMillis(50));
    http.emit(records(2));
    http.close(LONG);
    String text = scrape(registry);
    String server = "server_address=\"127.0.0.1\",server_port=\"" + sink.port() + "\"";
    for (String part :
        new String[] {
          "otel_sdk_log_created_total 6.0",
          "otel_sdk_processor_log_processed_total{otel_component_name=",
          "otel_sdk_processor_log_queue_capacity{",
          "otel_component_name=\"otlp_http_log_exporter/",
          "otel_sdk_exporter_log_exported_total{",
          "otel_sdk_exporter_log_inflight{",
          "otel_sdk_exporter_operation_duration_seconds_bucket{",
          server
        }) {
      assertTrue(text.contains(part), () -> part + " in\n" + text);
    }
  }

  private SdkBatch newBatch(Duration timeout) throws Exception {
    return newBatch(TargetType.OTLP_GRPC, sink.address(), timeout);
  }

  private SdkBatch newBatch(TargetType type, String address, Duration timeout) throws Exception {
    Duration pause = Duration.ofMillis(10);
    return new SdkBatch(
        new SdkBatchConfig(true, ROOM, timeout, Duration.ofMillis(200), 4),
        new RetryConfig(true, pause, pause, Duration.ZERO, policy),
        type,
        Address.of(address).server(),
        Plaintext.client(clients, type, address),
        telemetry.meters(),
        counts,
        clock::get);
  }

  private static ByteBuffer records(int count) {
    ScopeLogs.Builder logs = ScopeLogs.newBuilder();
    for (int i = 0; i < count; i++) {
      logs.addLogRecords(
          LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue("record " + i)));
    }
    return ByteBuffer.wrap(
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(logs))
            .build()
            .toByteArray());
  }

  private static String scrape(PrometheusRegistry registry) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, registry.scrape());
    return out.toString(StandardCharsets.UTF_8);
  }

  private void await(BooleanSupplier condition) {
    long deadlineNanos = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(deadlineNanos - System.nanoTime() > 0, counts::toString);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }
}
