package cloud.gardener.logging.export.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.clients.Exports;
import cloud.gardener.logging.export.clients.FrameServer.Answer;
import cloud.gardener.logging.export.clients.FrameServer;
import cloud.gardener.logging.export.clients.RawServer;
import cloud.gardener.logging.sink.OtlpSink;
import cloud.gardener.logging.sink.SinkBehaviour;
import cloud.gardener.logging.sink.SinkReply;
import io.netty.handler.codec.http2.Http2Error;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that fail without an answer: nobody knows what became of the request, so it is kept. */
class GrpcFaultsTest extends GrpcTest {
  /** No label of a name may be so long, so that no name server need be asked. */
  private static final String NO_SUCH_HOST = "x".repeat(64) + ".invalid";

  private static final EndpointConfig IMPATIENT =
      Exports.config(true, Compression.NONE, Duration.ofMillis(300), Map.of());

  @Test
  void shouldRetryWhenTheConnectionIsRefused() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String reason = retryReason(client(Exports.plaintext(), "127.0.0.1:" + port));
    assertTrue(reason.contains("Connection refused"), reason);
  }

  @Test
  void shouldConnectAgainWithEachAttempt() throws Exception {
    // gRPC's own pauses before it connects again grow from a second to two minutes: so many would take half an hour.
    int connections = 30;
    try (RawServer closing = new RawServer(socket -> {})) {
      ExportClient client = client(Exports.plaintext(), closing.address());
      exportUntil(client, result -> closing.accepted() >= connections);
    }
  }

  /** Exports again and again, with a limit that only a pause of gRPC's own reaches. */
  private static void exportUntil(ExportClient client, Predicate<ExportResult> over) throws Exception {
    long deadlineNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!over.test(Exports.export(client, Exports.request(1)))) {
      assertTrue(deadlineNs - System.nanoTime() > 0, "not within two minutes");
    }
  }

  @Test
  void shouldDeliverWhenTheBackendIsBack() throws Exception {
    int port = sink.port();
    sink.close();
    ExportClient client = client(Exports.plaintext(), "127.0.0.1:" + port);
    for (int i = 0; i < 5; i++) {
      retryReason(client);
    }
    sink = new OtlpSink(OtlpSink.Options.defaults().onPort(port));
    // gRPC answers with the last failure until it has connected.
    exportUntil(client, result -> result instanceof ExportResult.Accepted);
  }

  @Test
  void shouldRetryWhenTheNameDoesNotResolve() throws Exception {
    String reason = retryReason(client(Exports.plaintext(), NO_SUCH_HOST + ":4317"));
    assertTrue(reason.contains(NO_SUCH_HOST), reason);
  }

  @Test
  void shouldRetryAtTheDeadlineWithoutAResponse() throws Exception {
    sink.behave(SinkBehaviour.always(new SinkReply.Hang()));
    assertTrue(retryReason(client(IMPATIENT)).startsWith("DEADLINE_EXCEEDED"));
  }

  @Test
  void shouldRetryAtTheDeadlineWhenTheServerIsSilent() throws Exception {
    try (RawServer silent = new RawServer(socket -> socket.getInputStream().readAllBytes())) {
      String reason = retryReason(client(IMPATIENT, silent.address()));
      assertTrue(reason.startsWith("DEADLINE_EXCEEDED"), reason);
    }
  }

  @Test
  void shouldRetryAtTheDeadlineWhenTheResponseTrickles() throws Exception {
    Answer answer =
        connection -> {
          connection.headers(false, ":status", "200", "content-type", "application/grpc");
          connection
              .context()
              .executor()
              .scheduleAtFixedRate(
                  () -> connection.data(false, (byte) 0), 50, 50, TimeUnit.MILLISECONDS);
        };
    try (FrameServer slow = new FrameServer(answer)) {
      String reason = retryReason(client(IMPATIENT, slow.address()));
      assertTrue(reason.startsWith("DEADLINE_EXCEEDED"), reason);
    }
  }

  @Test
  void shouldOpenANewConnectionAfterADeadline() throws Exception {
    // Clients of one backend share the connection. Only the call that must end at its deadline has a short one.
    ExportClient patient = client(Exports.plaintext());
    // The deadline must find a connection, not an attempt at one.
    assertEquals(ExportResult.Accepted.ALL, Exports.export(patient, Exports.request(1)));
    final int before = sink.accepted();
    sink.behave(SinkBehaviour.always(new SinkReply.Hang()));
    assertTrue(retryReason(client(IMPATIENT)).startsWith("DEADLINE_EXCEEDED"));
    assertEquals(before, sink.accepted());
    sink.behave(SinkBehaviour.accept());
    assertEquals(ExportResult.Accepted.ALL, Exports.export(patient, Exports.request(1)));
    assertEquals(before + 1, sink.accepted());
  }

  @Test
  void shouldRetryWhenConnectionsAreReset() throws Exception {
    sink.behave(SinkBehaviour.always(new SinkReply.Reset()));
    retryReason(client(Exports.plaintext()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Http2Error.class,
      names = {
        "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "REFUSED_STREAM", "CANCEL",
        "ENHANCE_YOUR_CALM"
      })
  void shouldRetryWhenTheStreamIsReset(Http2Error error) throws Exception {
    try (FrameServer server = new FrameServer(connection -> connection.reset(error))) {
      retryReason(client(Exports.plaintext(), server.address()));
    }
  }

  @Test
  void shouldRetryWhenTheStreamIsResetAfterItsHeaders() throws Exception {
    Answer answer =
        connection -> {
          connection.headers(false, ":status", "200", "content-type", "application/grpc");
          connection.reset(Http2Error.INTERNAL_ERROR);
        };
    try (FrameServer server = new FrameServer(answer)) {
      retryReason(client(Exports.plaintext(), server.address()));
    }
  }

  @Test
  void shouldRetryWhenTheServerGoesAway() throws Exception {
    try (FrameServer server = new FrameServer(FrameServer.Connection::goAway)) {
      retryReason(client(Exports.plaintext(), server.address()));
    }
  }

  @Test
  void shouldRetryWhenTheStatusIsMissing() throws Exception {
    try (FrameServer server =
        new FrameServer(
            connection ->
                connection.headers(
                    true, ":status", "200", "content-type", "application/grpc"))) {
      retryReason(client(Exports.plaintext(), server.address()));
    }
  }

  @Test
  void shouldRetryWhenTheStatusIsMissingAfterAMessage() throws Exception {
    Answer answer =
        connection -> {
          connection.headers(false, ":status", "200", "content-type", "application/grpc");
          connection.data(false, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
          connection.headers(true, "x-end", "true");
        };
    try (FrameServer server = new FrameServer(answer)) {
      retryReason(client(Exports.plaintext(), server.address()));
    }
  }

  @Test
  void shouldRetryWhenTheStreamEndsWithoutTrailers() throws Exception {
    Answer answer =
        connection -> {
          connection.headers(false, ":status", "200", "content-type", "application/grpc");
          connection.data(true, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
        };
    try (FrameServer server = new FrameServer(answer)) {
      retryReason(client(Exports.plaintext(), server.address()));
    }
  }

  @Test
  void shouldRetryAnOkWithoutAResponse() throws Exception {
    Answer answer =
        connection ->
            connection.headers(
                true, ":status", "200", "content-type", "application/grpc", "grpc-status", "0");
    try (FrameServer server = new FrameServer(answer)) {
      retryReason(client(Exports.plaintext(), server.address()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 429, 500, 502, 503, 504})
  void shouldRetryAfterAProxysErrorStatus(int status) throws Exception {
    try (FrameServer proxy = httpAnswer(status)) {
      retryReason(client(Exports.plaintext(), proxy.address()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void shouldReportCredentialsThatAProxyRefuses(int status) throws Exception {
    try (FrameServer proxy = httpAnswer(status)) {
      ExportResult result =
          Exports.export(client(Exports.plaintext(), proxy.address()), Exports.request(1));
      assertInstanceOf(ExportResult.DestinationRefused.class, result);
    }
  }

  @Test
  void shouldReportTooLargeFromAProxy() throws Exception {
    try (FrameServer proxy = httpAnswer(413)) {
      assertInstanceOf(
          ExportResult.TooLarge.class,
          Exports.export(client(Exports.plaintext(), proxy.address()), Exports.request(1)));
    }
  }

  @Test
  void shouldAcceptDespiteAResponseAboveTheLimit() throws Exception {
    Answer answer =
        connection -> {
          connection.headers(false, ":status", "200", "content-type", "application/grpc");
          connection.data(false, (byte) 0, (byte) 0, (byte) 0x40, (byte) 0, (byte) 1);
        };
    try (FrameServer server = new FrameServer(answer)) {
      assertEquals(
          new ExportResult.Accepted(0, "the response to an accepted request is above 4 MiB"),
          Exports.export(client(Exports.plaintext(), server.address()), Exports.request(1)));
    }
  }

  @Test
  void shouldNotAcceptAnUnreadableResponse() throws Exception {
    byte[] html = "<html>".getBytes();
    Answer answer =
        connection -> {
          connection.headers(false, ":status", "200", "content-type", "application/grpc");
          connection.data(false, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) html.length);
          connection.data(false, html);
          connection.headers(true, "grpc-status", "0");
        };
    try (FrameServer server = new FrameServer(answer)) {
      assertInstanceOf(
          ExportResult.DestinationRefused.class,
          Exports.export(client(Exports.plaintext(), server.address()), Exports.request(1)));
    }
  }

  @ParameterizedTest
  @CsvSource({"HTTP/1.1 400 Bad Request", "SSH-2.0-OpenSSH_9.6"})
  void shouldRetryWhenTheServerUsesAnotherProtocol(String firstLine) throws Exception {
    try (RawServer other =
        new RawServer(
            socket -> {
              socket.getOutputStream().write((firstLine + "\r\n\r\n").getBytes());
              socket.getInputStream().readAllBytes();
            })) {
      retryReason(client(Exports.plaintext(), other.address()));
    }
  }

  private static FrameServer httpAnswer(int status) throws Exception {
    return new FrameServer(
        connection ->
            connection.headers(
                true, ":status", Integer.toString(status), "content-type", "text/html"));
  }

  /** Exports, checks that the result is an ordinary retry, and returns its reason. */
  private static String retryReason(ExportClient client) throws Exception {
    ExportResult result = Exports.export(client, Exports.request(1));
    ExportResult.Retry retry = assertInstanceOf(ExportResult.Retry.class, result);
    assertEquals(Duration.ZERO, retry.notBefore());
    return retry.reason();
  }
}
