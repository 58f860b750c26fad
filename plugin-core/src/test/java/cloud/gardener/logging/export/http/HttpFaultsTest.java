package cloud.gardener.logging.export.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.HttpVersion;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.clients.Exports;
import cloud.gardener.logging.export.clients.FrameServer.Answer;
import cloud.gardener.logging.export.clients.FrameServer;
import cloud.gardener.logging.export.clients.RawServer;
import io.netty.handler.codec.http2.Http2Error;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that fail without an answer: nobody knows what became of them, so they are kept. */
class HttpFaultsTest extends HttpTest {
  /** No label of a name may be so long, so that no name server need be asked. */
  private static final String NO_SUCH_HOST = "x".repeat(64) + ".invalid";

  private static final Duration IMPATIENCE = Duration.ofMillis(300);
  private static final String NO_ANSWER = "no answer within the timeout";

  @ParameterizedTest
  @EnumSource(HttpVersion.class)
  void shouldRetryWhenTheConnectionIsRefused(HttpVersion version) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String reason = retryReason(client(new HttpSettings().version(version), "127.0.0.1:" + port));
    assertTrue(reason.contains("Connection refused"), reason);
  }

  @Test
  void shouldRetryWhenTheNameDoesNotResolve() throws Exception {
    assertEquals(
        "unable to resolve host " + NO_SUCH_HOST,
        retryReason(client(new HttpSettings(), NO_SUCH_HOST + ":4318")));
  }

  @Test
  void shouldTryEachAddressOfAName() throws Exception {
    // Where localhost has two addresses, the server listens on one of them only.
    ExportClient client = client(new HttpSettings(), "localhost:" + server.port());
    assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(1)));
  }

  @ParameterizedTest
  @EnumSource(HttpVersion.class)
  void shouldRetryAtTheDeadlineWithoutAResponse(HttpVersion version) throws Exception {
    try (HttpServer mute = new HttpServer(null, version == HttpVersion.HTTP_2)) {
      // Clients of one backend share their connections. Only the request that must end at its deadline has a short one.
      ExportClient patient = client(new HttpSettings().version(version), mute.address());
      assertEquals(ExportResult.Accepted.ALL, Exports.export(patient, Exports.request(1)));
      mute.hold();
      ExportClient impatient =
          client(new HttpSettings().version(version).timeout(IMPATIENCE), mute.address());
      assertEquals(NO_ANSWER, retryReason(impatient));
      assertEquals(1, mute.accepted());
      mute.release();
      assertEquals(ExportResult.Accepted.ALL, Exports.export(patient, Exports.request(1)));
      assertEquals(2, mute.accepted(), "the suspect connection is used again");
    }
  }

  @ParameterizedTest
  @EnumSource(HttpVersion.class)
  void shouldRetryAtTheDeadlineWhenTheServerIsSilent(HttpVersion version) throws Exception {
    try (RawServer silent = new RawServer(socket -> socket.getInputStream().readAllBytes())) {
      assertEquals(
          NO_ANSWER,
          retryReason(
              client(
                  new HttpSettings().version(version).timeout(IMPATIENCE), silent.address())));
    }
  }

  @Test
  void shouldRetryAtTheDeadlineWhenTheTlsHandshakeHangs() throws Exception {
    try (RawServer silent = new RawServer(socket -> socket.getInputStream().readAllBytes())) {
      assertEquals(
          NO_ANSWER,
          retryReason(client(new HttpSettings().secure().timeout(IMPATIENCE), silent.address())));
    }
  }

  @Test
  void shouldRetryAtTheDeadlineWhenTheResponseTrickles() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (RawServer slow =
        new RawServer(
            socket -> {
              OutputStream out = socket.getOutputStream();
              for (byte one : "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n".getBytes()) {
                out.write(one);
                out.flush();
                if (over.await(20, TimeUnit.MILLISECONDS)) {
                  return;
                }
              }
              over.await();
            })) {
      assertEquals(
          NO_ANSWER,
          retryReason(client(new HttpSettings().timeout(IMPATIENCE), slow.address())));
    } finally {
      over.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhal"
      })
  void shouldRetryWhenTheConnectionEndsBeforeTheResponse(String beginning) throws Exception {
    try (RawServer broken = serverOf(beginning)) {
      retryReason(client(new HttpSettings(), broken.address()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.6\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "\0\0\u0004\r\n"})
  void shouldRetryWhenTheResponseIsNoHttp(String answer) throws Exception {
    try (RawServer other = serverOf(answer)) {
      retryReason(client(new HttpSettings(), other.address()));
    }
  }

  @Test
  void shouldAcceptAResponseThatEndsWithTheConnection() throws Exception {
    try (RawServer old = serverOf("HTTP/1.0 200 OK\r\n\r\n")) {
      ExportClient client = client(new HttpSettings(), old.address());
      assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(1)));
    }
  }

  @Test
  void shouldSkipInformationalResponses() throws Exception {
    try (RawServer chatty =
        serverOf(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n"
                + "HTTP/1.1 503 Busy\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n")) {
      ExportResult result =
          Exports.export(client(new HttpSettings(), chatty.address()), Exports.request(1));
      assertEquals(
          new ExportResult.Retry("HTTP 503 Busy", Duration.ofSeconds(7)), result);
    }
  }

  @Test
  void shouldAcceptAResponseBeforeTheRequestIsWritten() throws Exception {
    Semaphore answered = new Semaphore(0);
    try (RawServer strict =
        new RawServer(
            socket -> {
              readHead(socket);
              socket
                  .getOutputStream()
                  .write("HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n".getBytes());
              answered.acquire(); // Until then nothing is read, and the request cannot get out.
              socket.getInputStream().readAllBytes();
            })) {
      ExportClient client = client(new HttpSettings(), strict.address());
      for (int i = 1; i <= 2; i++) {
        ExportResult result = Exports.export(client, Exports.largeRequest(20_000_000));
        answered.release();
        assertEquals(new ExportResult.TooLarge("HTTP 413 Too Large"), result);
        assertEquals(i, strict.accepted(), "the rest of a request meets the next one");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Http2Error.class,
      names = {"NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "REFUSED_STREAM", "CANCEL"})
  void shouldRetryWhenTheStreamIsReset(Http2Error error) throws Exception {
    try (FrameServer frames = new FrameServer(connection -> connection.reset(error))) {
      String reason = retryReasonOverHttp2(frames);
      assertEquals("the stream was reset, HTTP/2 error " + error.code(), reason);
    }
  }

  @Test
  void shouldRetryWhenTheStreamIsResetAfterItsHeaders() throws Exception {
    Answer answer =
        connection -> {
          connection.headers(false, ":status", "200");
          connection.reset(Http2Error.INTERNAL_ERROR);
        };
    try (FrameServer frames = new FrameServer(answer)) {
      retryReasonOverHttp2(frames);
    }
  }

  @Test
  void shouldRetryWhenTheServerGoesAway() throws Exception {
    try (FrameServer frames = new FrameServer(FrameServer.Connection::goAway)) {
      retryReasonOverHttp2(frames);
    }
  }

  @Test
  void shouldReadAnHttp2ResponseInPieces() throws Exception {
    Answer answer =
        connection -> {
          connection.headers(false, ":status", "103", "link", "x");
          connection.headers(false, ":status", "503", "retry-after", "9");
          connection.data(false, (byte) 1);
          connection.data(false, (byte) 2);
          connection.headers(true, "x-trailer", "1");
        };
    try (FrameServer frames = new FrameServer(answer)) {
      ExportResult result =
          Exports.export(
              client(new HttpSettings().version(HttpVersion.HTTP_2), frames.address()),
              Exports.request(1));
      assertEquals(
          Duration.ofSeconds(9),
          assertInstanceOf(ExportResult.Retry.class, result).notBefore());
    }
  }

  private String retryReasonOverHttp2(FrameServer frames) throws Exception {
    return retryReason(client(new HttpSettings().version(HttpVersion.HTTP_2), frames.address()));
  }

  /** Reads a request, answers it with these bytes, and closes. */
  private static RawServer serverOf(String answer) throws Exception {
    return new RawServer(
        socket -> {
          readHead(socket);
          socket.getInputStream().readNBytes(Exports.request(1).bytes());
          socket.getOutputStream().write(answer.getBytes());
        });
  }

  private static void readHead(Socket socket) throws Exception {
    InputStream in = socket.getInputStream();
    int last = 0;
    while (last != 0x0d0a0d0a) {
      last = last << 8 | in.read();
    }
  }

  /** Exports, checks that the result is an ordinary retry, and returns its reason. */
  private static String retryReason(ExportClient client) throws Exception {
    ExportResult result = Exports.export(client, Exports.request(1));
    ExportResult.Retry retry = assertInstanceOf(ExportResult.Retry.class, result);
    assertEquals(Duration.ZERO, retry.notBefore());
    return retry.reason();
  }
}
