package cloud.gardener.logging.export.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.config.value.HttpEncoding;
import cloud.gardener.logging.config.value.HttpVersion;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.clients.ExportClients;
import cloud.gardener.logging.export.clients.Exports;
import cloud.gardener.logging.export.clients.FrameServer;
import cloud.gardener.logging.export.clients.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a backend or a proxy answers, an export ends, once and with its own result. */
class FuzzedAnswersTest {
  private static final int ANSWERS = Integer.getInteger("fuzz.answers", 300);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final String[] STATUSES = {
    "200", "200", "202", "204", "301", "400", "401", "404", "413", "429", "500", "503", "503", "530", "999"
  };
  private static final String[] NAMES = {
    "retry-after", "date", "content-type", "content-encoding", "location", "www-authenticate",
    "grpc-status", "grpc-message", "grpc-status-details-bin", "x-any"
  };
  private static final String[] VALUES = {
    "", "0", "-1", "7", "99999999999999999999999999", "1.5", "soon", "gzip", "deflate", "br", "gzip, gzip",
    "application/json", "application/x-protobuf", "text/html; charset=\"", ";", "application/grpc",
    "Tue, 24 Nov 2026 12:00:30 GMT", "Tue, 24 Nov 9999 25:61:61 GMT", "Tue Nov 24 12:00:30 2026",
    "http://[::1", "%", "%FF%00%zz", "AAAA", "!!!!", "\u00ff\u00fe", ",,,", "null"
  };

  private final SplittableRandom random = new SplittableRandom(20261126);
  private ExportClients clients;

  @BeforeEach
  void open() {
    clients = Exports.clients(ExportListener.NONE, Duration.ofMinutes(1));
  }

  @AfterEach
  void close() {
    clients.close();
  }

  /** As seen: the parser of dates throws at texts above 64 characters. */
  @ParameterizedTest
  @ValueSource(strings = {"Retry-After", "Date"})
  void shouldUseTheRegularPauseForALongDate(String header) throws Exception {
    for (HttpVersion version : List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)) {
      try (HttpServer server = new HttpServer(null, version == HttpVersion.HTTP_2)) {
        ExportClient client = http(server.address(), version, HttpEncoding.PROTOBUF);
        for (int length = 60; length < 90; length++) {
          server.replyWith(503, "Retry-After", "Mon, x", header, "M".repeat(length));
          ExportResult result = Exports.export(client, Exports.request(1));
          assertEquals(
              Duration.ZERO, assertInstanceOf(ExportResult.Retry.class, result).notBefore());
        }
        assertEquals(1, server.accepted(), "it is no reason to give the connection up");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(HttpEncoding.class)
  void shouldEndAfterAnyHttp1Response(HttpEncoding encoding) throws Exception {
    byte[][] next = new byte[1][];
    try (RawServer server =
        new RawServer(
            socket -> {
              socket.setSoTimeout(0);
              InputStream in = socket.getInputStream();
              while (skipRequest(in)) {
                socket.getOutputStream().write(next[0]);
              }
            })) {
      ExportClient client = http(server.address(), HttpVersion.HTTP_1_1, encoding);
      for (int i = 0; i < ANSWERS; i++) {
        next[0] = http1Response();
        assertEnds(client, next[0]);
      }
      next[0] = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".getBytes();
      assertDelivers(client);
    }
  }

  @ParameterizedTest
  @EnumSource(HttpEncoding.class)
  void shouldEndAfterAnyHttp2Response(HttpEncoding encoding) throws Exception {
    List<String[]> headers = new ArrayList<>();
    byte[][] body = new byte[1][];
    try (FrameServer server = new FrameServer(connection -> writeResponse(connection, headers, body[0]))) {
      ExportClient client = http(server.address(), HttpVersion.HTTP_2, encoding);
      for (int i = 0; i < ANSWERS; i++) {
        headers.clear();
        headers.add(headersOf(":status", pickOne(STATUSES)));
        body[0] = body();
        assertEnds(client, body[0]);
      }
      headers.clear();
      headers.add(new String[] {":status", "200"});
      body[0] = new byte[0];
      assertDelivers(client);
    }
  }

  @Test
  void shouldEndAfterAnyGrpcResponse() throws Exception {
    List<String[]> headers = new ArrayList<>();
    byte[][] body = new byte[1][];
    EndpointConfig config = Exports.config(true, Compression.NONE, TIMEOUT, Map.of());
    try (FrameServer server = new FrameServer(connection -> writeResponse(connection, headers, body[0]))) {
      ExportClient client =
          clients.create(TargetType.OTLP_GRPC, config, Exports.NO_TLS_KEYS, Address.of(server.address()));
      for (int i = 0; i < ANSWERS; i++) {
        headers.clear();
        headers.add(
            random.nextInt(5) == 0
                ? headersOf(":status", pickOne(STATUSES))
                : headersOf(":status", "200", "content-type", "application/grpc"));
        if (random.nextBoolean()) {
          headers.add(headersOf("grpc-status", Integer.toString(random.nextInt(20))));
        }
        body[0] = random.nextBoolean() ? framed(body()) : body();
        assertEnds(client, body[0]);
      }
      headers.clear();
      headers.add(new String[] {":status", "200", "content-type", "application/grpc"});
      headers.add(new String[] {"grpc-status", "0"});
      body[0] = framed(new byte[0]);
      assertDelivers(client);
    }
  }

  private void assertEnds(ExportClient client, byte[] answer) throws Exception {
    ExportResult result = Exports.export(client, Exports.request(1)); // Fails when it is called twice.
    if (result instanceof ExportResult.Failure failure) {
      assertFalse(failure.reason().isEmpty());
      assertTrue(failure.reason().length() <= 310, failure::reason);
      assertFalse(failure.reason().contains("a defect"), () -> new String(answer, StandardCharsets.ISO_8859_1));
    }
  }

  private static void assertDelivers(ExportClient client) throws Exception {
    ExportResult result = Exports.export(client, Exports.request(1));
    for (int i = 0; i < 3 && result instanceof ExportResult.Retry; i++) {
      result = Exports.export(client, Exports.request(1)); // The last answer may have cost the connection.
    }
    assertEquals(ExportResult.Accepted.ALL, result);
  }

  private ExportClient http(String address, HttpVersion version, HttpEncoding encoding)
      throws Exception {
    EndpointConfig config =
        new HttpSettings().version(version).encoding(encoding).timeout(TIMEOUT).build();
    return clients.create(TargetType.OTLP_HTTP, config, Exports.NO_TLS_KEYS, Address.of(address));
  }

  private static void writeResponse(
      FrameServer.Connection connection, List<String[]> headers, byte[] body) {
    boolean alone = headers.size() == 1;
    connection.headers(alone && body.length == 0, headers.get(0));
    if (body.length > 0) {
      connection.data(alone, body);
    }
    if (!alone) {
      connection.headers(true, headers.get(1));
    }
  }

  private byte[] http1Response() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] body = body();
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(pickOne(STATUSES)).append(" Any\r\n");
    String[] headers = headersOf();
    for (int i = 0; i < headers.length; i += 2) {
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    head.append("content-length: ").append(body.length).append("\r\n\r\n");
    out.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(body);
    byte[] answer = out.toByteArray();
    if (random.nextInt(10) == 0) {
      answer[random.nextInt(head.length())] = (byte) random.nextInt(256);
    }
    return answer;
  }

  /** Some headers, behind those that are given. */
  private String[] headersOf(String... first) {
    List<String> all = new ArrayList<>(List.of(first));
    for (int i = random.nextInt(4); i > 0; i--) {
      String value = pickOne(VALUES);
      all.add(pickOne(NAMES));
      all.add(random.nextInt(4) == 0 ? value + "x".repeat(random.nextInt(2000)) : value);
    }
    if (random.nextInt(4) == 0) {
      all.add("grpc-status-details-bin");
      all.add(Base64.getEncoder().withoutPadding().encodeToString(bytes(60)));
    }
    return all.toArray(String[]::new);
  }

  private byte[] body() {
    return switch (random.nextInt(7)) {
      case 0 -> new byte[0];
      case 1 -> bytes(200);
      case 2 -> "<html>no</html>".getBytes();
      case 3 -> ("{\"partialSuccess\":{\"rejectedLogRecords\":" + pickOne(VALUES) + "}}").getBytes();
      case 4 -> "[".repeat(5_000).getBytes();
      case 5 -> gzip(bytes(200));
      default -> repeated((byte) random.nextInt(256), 5_000);
    };
  }

  private byte[] bytes(int most) {
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] repeated(byte value, int times) {
    byte[] bytes = new byte[times];
    java.util.Arrays.fill(bytes, value);
    return bytes;
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] framed(byte[] message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0);
    out.writeBytes(new byte[] {0, 0, (byte) (message.length >> 8), (byte) message.length});
    out.writeBytes(message);
    return out.toByteArray();
  }

  private String pickOne(String[] of) {
    return of[random.nextInt(of.length)];
  }

  /** Reads a head, and the body by its length; false at the end. */
  private static boolean skipRequest(InputStream in) throws Exception {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      head.append((char) next);
    }
    String text = head.toString().toLowerCase(java.util.Locale.ROOT);
    int at = text.indexOf("content-length: ") + "content-length: ".length();
    in.readNBytes(Integer.parseInt(text.substring(at, text.indexOf("\r\n", at))));
    return true;
  }
}
