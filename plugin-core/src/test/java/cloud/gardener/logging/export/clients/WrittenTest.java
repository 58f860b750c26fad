package cloud.gardener.logging.export.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.HeaderConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.config.value.Headers;
import cloud.gardener.logging.config.value.HttpEncoding;
import cloud.gardener.logging.config.value.HttpVersion;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.http.HttpServer;
import cloud.gardener.logging.sink.OtlpSink;
import cloud.gardener.logging.sink.SinkBehaviour;
import cloud.gardener.logging.sink.SinkReply;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client says of a request's bytes, and what it is good for. */
class WrittenTest {
  private static final int IN_FLIGHT = 10;
  private static final int REQUESTS = 60;

  /** Above the window that HTTP/2 begins with, so that requests under way together would mix. */
  private static final int BYTES = 100_000;

  /** Above what gRPC takes into one buffer. */
  private static final int MANY_BYTES = 1_500_000;

  private ExportClients clients;
  private OtlpSink sink;
  private HttpServer http1;
  private HttpServer http2;

  /** A way to the backend. */
  private enum Way {
    GRPC,
    GRPC_GZIP,
    HTTP_2,
    HTTP_1;

    EndpointConfig config(Duration timeout) {
      return new EndpointConfig(
          Exports.NOWHERE,
          Optional.empty(),
          "",
          Optional.empty(),
          true,
          this == GRPC_GZIP ? Compression.GZIP : Compression.NONE,
          timeout,
          HeaderConfig.of(Headers.NONE),
          HttpEncoding.PROTOBUF,
          this == HTTP_2 ? HttpVersion.HTTP_2 : HttpVersion.AUTO);
    }

    TargetType type() {
      return this == GRPC || this == GRPC_GZIP ? TargetType.OTLP_GRPC : TargetType.OTLP_HTTP;
    }
  }

  /** Keeps up to ten requests under way, each begun when the one before is written or done. */
  private static final class Sender {
    private final Semaphore permits = new Semaphore(IN_FLIGHT);
    private final ConcurrentLinkedQueue<ExportResult> results = new ConcurrentLinkedQueue<>();
    private final ExportClient client;

    Sender(ExportClient client) {
      this.client = client;
    }

    void send(ExportRequest request) throws Exception {
      assertTrue(permits.tryAcquire(Exports.LONG.toSeconds(), TimeUnit.SECONDS), "no answer");
      CountDownLatch out = new CountDownLatch(1);
      client.export(
          request,
          out::countDown,
          result -> {
            results.add(result);
            out.countDown();
            permits.release();
          });
      assertTrue(out.await(Exports.LONG.toSeconds(), TimeUnit.SECONDS), "not written");
    }

    void assertAccepted(int requests) {
      Exports.awaitCondition(() -> results.size() == requests, "answers are missing");
      results.forEach(result -> assertEquals(ExportResult.Accepted.ALL, result));
    }
  }

  @BeforeEach
  void start() throws Exception {
    clients = Exports.clients(ExportListener.NONE, Duration.ofMinutes(1));
    sink = OtlpSink.startCapturing();
    http1 = HttpServer.newHttp1Server();
    http2 = new HttpServer(null, true);
  }

  @AfterEach
  void stop() {
    clients.close();
    sink.close();
    http1.close();
    http2.close();
  }

  private ExportClient client(Way way) throws ExportException {
    String address =
        switch (way) {
          case GRPC, GRPC_GZIP -> sink.address();
          case HTTP_2 -> http2.address();
          case HTTP_1 -> http1.address();
        };
    return client(way, address, Exports.LONG);
  }

  private ExportClient client(Way way, String address, Duration timeout) throws ExportException {
    return clients.create(way.type(), way.config(timeout), Exports.NO_TLS_KEYS, Address.of(address));
  }

  /** From now on no server answers. */
  private void hold() {
    sink.behave(SinkBehaviour.always(new SinkReply.Hang()));
    http1.hold();
    http2.hold();
  }

  private void awaitHeld(Way way, int requests) throws Exception {
    switch (way) {
      case GRPC, GRPC_GZIP -> assertTrue(sink.awaitHanging(requests, Exports.LONG));
      case HTTP_2 -> http2.awaitHeld(requests);
      case HTTP_1 -> http1.awaitHeld(requests);
    }
  }

  private void release() {
    sink.behave(SinkBehaviour.accept());
    sink.releaseHanging();
    http1.release();
    http2.release();
  }

  /** The sizes of the requests that have come, in order: no two that a test sends are the same. */
  private List<Integer> arrivedRecordCounts(Way way) {
    return way.type() == TargetType.OTLP_GRPC
        ? sink.captured().stream().map(ExportLogsServiceRequest::getSerializedSize).toList()
        : http2.receivedRequests().stream().map(request -> request.body().length).toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"GRPC", "GRPC_GZIP", "HTTP_2"})
  void shouldArriveInOrderWhenEachBeginsBehindTheOneBefore(Way way) throws Exception {
    Sender sender = new Sender(client(way));
    List<Integer> sent = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      // Small ones behind large ones: they would be the first to overtake.
      int bytes = i % 3 == 0 ? MANY_BYTES : i % 3 == 1 ? BYTES : 100;
      ExportRequest request = Exports.largeRequest(bytes + REQUESTS - i);
      sent.add(request.bytes());
      sender.send(request);
    }
    sender.assertAccepted(REQUESTS);
    assertEquals(sent, arrivedRecordCounts(way));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void shouldAllowManyInFlightWhileResponsesAreSlow(Way way) throws Exception {
    hold();
    Sender sender = new Sender(client(way));
    for (int i = 0; i < IN_FLIGHT; i++) {
      sender.send(Exports.largeRequest(BYTES));
    }
    awaitHeld(way, IN_FLIGHT);
    assertEquals(0, sender.results.size());
    release();
    sender.assertAccepted(IN_FLIGHT);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void shouldReportWrittenOnceAndThenTheResult(Way way) throws Exception {
    hold();
    ExportClient client = client(way);
    for (int i = 0; i < 10; i++) {
      ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
      client.export(
          Exports.largeRequest(i * 30_000), () -> events.add("written"), how -> events.add("done"));
      Exports.awaitCondition(() -> events.contains("written"), "not written");
      awaitHeld(way, 1);
      assertEquals(List.of("written"), List.copyOf(events));
      release();
      Exports.awaitCondition(() -> events.contains("done"), "no answer");
      assertEquals(List.of("written", "done"), List.copyOf(events));
      hold();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"GRPC", "HTTP_2"})
  void shouldNotReportWrittenWhileFlowControlBlocks(Way way) throws Exception {
    // It never gives back of its window, 64 KiB, and answers nothing.
    try (FrameServer blocked = new FrameServer(request -> {})) {
      ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
      client(way, blocked.address(), Exports.LONG)
          .export(Exports.request(1), () -> events.add("written"), result -> events.add("done"));
      Exports.awaitCondition(() -> events.contains("written"), "a small request is not written");
      // On the same connection, so that its time does not go to connecting.
      ExportClient impatient = client(way, blocked.address(), Duration.ofSeconds(1));
      assertEndsUnwritten(impatient, Exports.largeRequest(BYTES));
      assertEquals(List.of("written"), List.copyOf(events));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void shouldNotReportWrittenWithoutAConnection(Way way) throws Exception {
    http1.close();
    Exports.awaitCondition(() -> !isOpen(), "the server is not down");
    assertEndsUnwritten(client(way, http1.address(), Exports.LONG), Exports.request(1));
  }

  private static void assertEndsUnwritten(ExportClient client, ExportRequest request) {
    AtomicBoolean written = new AtomicBoolean();
    ConcurrentLinkedQueue<ExportResult> results = new ConcurrentLinkedQueue<>();
    client.export(request, () -> written.set(true), results::add);
    Exports.awaitCondition(() -> !results.isEmpty(), "no end");
    assertInstanceOf(ExportResult.Retry.class, results.peek());
    assertFalse(written.get());
  }

  @Test
  void shouldNotReportWrittenWithoutANetwork() {
    AtomicBoolean written = new AtomicBoolean();
    ConcurrentLinkedQueue<ExportResult> results = new ConcurrentLinkedQueue<>();
    for (ExportClient client :
        List.of(new NoopClient(), new StdoutClient(OutputStream.nullOutputStream()))) {
      client.export(Exports.request(1), () -> written.set(true), results::add);
    }
    assertEquals(2, results.size());
    assertFalse(written.get());
  }

  private boolean isOpen() {
    try (Socket socket = new Socket("127.0.0.1", http1.port())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
