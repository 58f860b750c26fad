package cloud.gardener.logging.export.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.HostPort;
import cloud.gardener.logging.config.value.HttpVersion;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportEnd;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.Secrets;
import cloud.gardener.logging.export.grpc.GrpcCall;
import cloud.gardener.logging.export.grpc.GrpcClient;
import cloud.gardener.logging.export.http.HttpCall;
import cloud.gardener.logging.export.http.HttpClient;
import cloud.gardener.logging.export.http.HttpServer;
import cloud.gardener.logging.export.http.HttpSettings;
import cloud.gardener.logging.sink.OtlpSink;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An export ends exactly once, whoever fails on the way. */
class ExportEndTest {
  private static final Secrets SECRETS = new Secrets(List.of("s3cr3t-token"));

  private final List<ExportResult> results = new ArrayList<>();

  static List<Throwable> throwables() {
    return List.of(
        new IllegalStateException("a defect"),
        new OutOfMemoryError("a test"),
        new StackOverflowError(),
        new NoClassDefFoundError("a test"));
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void shouldEndWithARetryWhenTheResultCannotBeFound(Throwable thrown) {
    ExportEnd end = end(ExportListener.NONE);
    assertTrue(end.claim());
    end.report(() -> sneakyThrow(thrown), "200", 0);
    assertEquals(1, results.size());
    assertInstanceOf(ExportResult.Retry.class, results.get(0));
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void shouldEndWhenTheListenerFails(Throwable thrown) {
    ExportEnd end = end((address, method, status, nanos, sent, received) -> sneakyThrow(thrown));
    end.claim();
    end.report(() -> ExportResult.Accepted.ALL, "200", 0);
    assertEquals(List.of(ExportResult.Accepted.ALL), results);
  }

  @Test
  void shouldEndWhenTheRequestCannotBeMade() {
    ExportEnd end = end(ExportListener.NONE);
    end.failed(new OutOfMemoryError("no heap for s3cr3t-token"));
    end.failed(new OutOfMemoryError("again"));
    assertEquals(1, results.size());
    String reason = Exports.reason(results.get(0));
    assertTrue(reason.contains("OutOfMemoryError"), reason);
    assertFalse(reason.contains("s3cr3t"), reason);
  }

  @Test
  void shouldLogAFailureWithoutSecrets() {
    try (LogCapture log = new LogCapture()) {
      ExportEnd end = end(ExportListener.NONE);
      end.claim();
      end.report(() -> sneakyThrow(new IllegalStateException("in 's3cr3t-token'")), "200", 0);
      List<String> lines = log.lines(ExportEnd.class, Level.SEVERE);
      assertEquals(1, lines.size());
      assertTrue(lines.get(0).contains("IllegalStateException"), lines.get(0));
      assertFalse(log.text().contains("s3cr3t"), log.text());
    }
  }

  /** The headers of an answer are read after the call was claimed: nothing may be lost there. */
  @ParameterizedTest
  @MethodSource("throwables")
  void shouldEndACallWhoseHeadersCannotBeRead(Throwable thrown) throws Exception {
    try (ExportClients clients = Exports.clients(ExportListener.NONE, Duration.ofMinutes(1))) {
      HttpClient client =
          (HttpClient)
              clients.create(
                  TargetType.OTLP_HTTP, new HttpSettings().build(), Exports.NO_TLS_KEYS, Address.of("localhost:1"));
      HttpCall call =
          new HttpCall(client, "/", new DefaultHttpHeaders(), null, 1, end(ExportListener.NONE));
      DefaultHttpHeaders headers =
          new DefaultHttpHeaders() {
            @Override
            public String get(CharSequence name, String defaultValue) {
              return sneakyThrow(thrown);
            }
          };
      call.receive(
          new DefaultHttpResponse(
              io.netty.handler.codec.http.HttpVersion.HTTP_1_1,
              HttpResponseStatus.SERVICE_UNAVAILABLE,
              headers));
      assertTrue(call.receive(LastHttpContent.EMPTY_LAST_CONTENT));
      assertEquals(1, results.size());
      assertInstanceOf(ExportResult.Retry.class, results.get(0));
    }
  }

  /** What is said of a failure is read as late. */
  @ParameterizedTest
  @MethodSource("throwables")
  void shouldEndACallWhoseFailureCannotBeRead(Throwable thrown) throws Exception {
    Exception unreadable =
        new Exception() {
          @Override
          public String getMessage() {
            return sneakyThrow(thrown);
          }
        };
    try (ExportClients clients = Exports.clients(ExportListener.NONE, Duration.ofMinutes(1))) {
      GrpcClient grpc =
          (GrpcClient)
              clients.create(
                  TargetType.OTLP_GRPC, Exports.plaintext(), Exports.NO_TLS_KEYS, Address.of("localhost:1"));
      new GrpcCall(grpc, Exports.request(1), end(ExportListener.NONE))
          .onClose(Status.UNAVAILABLE.withCause(unreadable), new Metadata());
      assertEquals(1, results.size());
      assertInstanceOf(ExportResult.Retry.class, results.get(0));

      HttpClient http =
          (HttpClient)
              clients.create(
                  TargetType.OTLP_HTTP, new HttpSettings().build(), Exports.NO_TLS_KEYS, Address.of("localhost:1"));
      new HttpCall(http, "/", new DefaultHttpHeaders(), null, 1, end(ExportListener.NONE))
          .failed(unreadable);
      assertEquals(2, results.size());
      assertInstanceOf(ExportResult.Retry.class, results.get(1));
    }
  }

  /** Whoever hears of an export may throw what it will: the calls of others go on. */
  @ParameterizedTest
  @EnumSource(value = TargetType.class, names = {"OTLP_GRPC", "OTLP_HTTP"})
  void shouldSurviveFailuresOfAllCallbacks(TargetType type) throws Exception {
    AtomicInteger failures = new AtomicInteger();
    try (OtlpSink grpc = OtlpSink.startCapturing();
        HttpServer http = new HttpServer(null, true);
        ExportClients clients =
            Exports.clients(
                (address, method, status, nanos, sent, received) -> {
                  failures.incrementAndGet();
                  throw new OutOfMemoryError("a listener");
                },
                Duration.ofMinutes(1))) {
      String address = type == TargetType.OTLP_GRPC ? grpc.address() : http.address();
      ExportClient client =
          clients.create(
              type,
              new HttpSettings().version(HttpVersion.HTTP_2).build(),
              Exports.NO_TLS_KEYS,
              Address.of(address));
      for (Throwable thrown : throwables()) {
        CompletableFuture<ExportResult> result = new CompletableFuture<>();
        client.export(
            Exports.request(1),
            () -> sneakyThrow(thrown),
            ended -> {
              result.complete(ended);
              sneakyThrow(thrown);
            });
        assertEquals(ExportResult.Accepted.ALL, Exports.await(result));
      }
      assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(1)));
      assertEquals(1, type == TargetType.OTLP_HTTP ? http.accepted() : 1, "connections");
      Exports.awaitCondition(() -> failures.get() == throwables().size() + 1, "each call is heard of");
    }
  }

  private ExportEnd end(ExportListener listener) {
    return new ExportEnd(
        new HostPort("localhost", 1), "POST", Exports.request(1), SECRETS, listener, () -> {}, results::add);
  }

  /** Throws anything where nothing is declared. */
  private static <R> R sneakyThrow(Throwable thrown) {
    return ExportEndTest.<RuntimeException, R>throwUnchecked(thrown);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable, R> R throwUnchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
