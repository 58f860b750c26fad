package cloud.gardener.logging.export.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.config.value.HttpEncoding;
import cloud.gardener.logging.config.value.HttpVersion;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.clients.ExportClients;
import cloud.gardener.logging.export.clients.Exports;
import com.github.luben.zstd.Zstd;
import io.netty.handler.codec.http.HttpHeaders;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What arrives at the backend, and how its yes is understood. */
class HttpExportTest extends HttpTest {

  static Stream<Arguments> combinations() {
    List<Arguments> combinations = new ArrayList<>();
    for (HttpVersion version : HttpVersion.values()) {
      for (HttpEncoding encoding : HttpEncoding.values()) {
        for (Compression compression : Compression.values()) {
          combinations.add(Arguments.of(version, encoding, compression));
        }
      }
    }
    return combinations.stream();
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void shouldDeliverTheRequest(HttpVersion version, HttpEncoding encoding, Compression compression)
      throws Exception {
    try (HttpServer any = new HttpServer(null, version == HttpVersion.HTTP_2)) {
      ExportClient client =
          client(
              new HttpSettings().version(version).encoding(encoding).compression(compression),
              any.address());
      ExportRequest request = Exports.request(2000);
      assertEquals(ExportResult.Accepted.ALL, Exports.export(client, request));
      HttpServer.Request seen = any.lastRequest();
      assertEquals("/v1/logs", seen.target());
      assertEquals(version == HttpVersion.HTTP_2, seen.http2());
      assertEquals(
          encoding == HttpEncoding.JSON ? "application/json" : "application/x-protobuf",
          seen.headers().get("content-type"));
      assertEquals(
          compression == Compression.NONE ? null : compression.name().toLowerCase(),
          seen.headers().get("content-encoding"));
      byte[] body = plain(compression, seen.body());
      assertEquals(
          ExportLogsServiceRequest.parseFrom(request.parts().get(0).duplicate()),
          encoding == HttpEncoding.JSON
              ? OtlpJsonReader.read(new String(body, StandardCharsets.UTF_8))
              : ExportLogsServiceRequest.parseFrom(body));
    }
  }

  @ParameterizedTest
  @EnumSource(HttpVersion.class)
  void shouldSendManyPartsOfEveryKindAsOneBody(HttpVersion version) throws Exception {
    try (HttpServer any = new HttpServer(null, version == HttpVersion.HTTP_2)) {
      byte[] whole = new byte[Exports.largeRequest(5_000_000).bytes()];
      Exports.largeRequest(5_000_000).parts().get(0).get(whole);
      ByteBuffer heap = ByteBuffer.wrap(whole, 0, 2_000_001);
      ByteBuffer direct = ByteBuffer.allocateDirect(2_500_000);
      direct.put(whole, 2_000_001, 2_500_000).flip();
      ByteBuffer rest = ByteBuffer.wrap(whole).position(4_500_001).slice();
      ExportRequest request =
          new ExportRequest(List.of(heap, direct, rest.asReadOnlyBuffer()), 1, whole.length);
      ExportClient client = client(new HttpSettings().version(version), any.address());
      for (int i = 0; i < 2; i++) {
        assertEquals(ExportResult.Accepted.ALL, Exports.export(client, request));
        assertArrayEquals(whole, any.lastRequest().body());
      }
      assertEquals(0, heap.position());
      assertEquals(1, any.accepted());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', /v1/logs",
    "'', /, /v1/logs",
    "'', /otlp, /otlp/v1/logs",
    "'', /otlp/, /otlp/v1/logs",
    "'', /otlp/v1/logs, /otlp/v1/logs",
    "'', /insert/opentelemetry/v1/logs, /insert/opentelemetry/v1/logs",
    "'', /insert/opentelemetry/api/v1/push, /insert/opentelemetry/api/v1/push",
    "'', /logs/, /logs/",
    "'', ?tenant=a%20b, /v1/logs?tenant=a%20b",
    "'', /otlp?tenant=a, /otlp/v1/logs?tenant=a",
    "/own, /otlp?tenant=a, /own?tenant=a",
    "/own?tenant=b, /otlp?tenant=a, /own?tenant=b",
    "/otlp, /x/v1/logs, /otlp",
    "/v2/logs, '', /v2/logs",
    "/v2/logs, /otlp, /v2/logs"
  })
  void shouldFindThePath(String setting, String inUrl, String expected) throws Exception {
    Exports.export(
        client(new HttpSettings().path(setting), "http://" + server.address() + inUrl),
        Exports.request(1));
    assertEquals(expected, server.lastRequest().target());
  }

  @ParameterizedTest
  @EnumSource(HttpVersion.class)
  void shouldSendTheHeadersWithEachRequest(HttpVersion version) throws Exception {
    try (HttpServer any = new HttpServer(null, version == HttpVersion.HTTP_2)) {
      ExportClient client =
          client(
              new HttpSettings()
                  .version(version)
                  .headers(Map.of("Authorization", "Bearer abc", "X-Scope-OrgID", "garden")),
              any.address());
      for (int i = 0; i < 2; i++) {
        Exports.export(client, Exports.request(1));
        HttpHeaders headers = any.lastRequest().headers();
        assertEquals("Bearer abc", headers.get("authorization"));
        assertEquals("garden", headers.get("x-scope-orgid"));
        assertEquals(any.address(), headers.get("host"));
        assertEquals("fluent-bit-output-plugin", headers.get("user-agent"));
      }
    }
  }

  @Test
  void shouldSendTheCredentialsOfTheUrl() throws Exception {
    String url = "http://user%40home:p%3Aa+b%25@" + server.address() + "/logs";
    Exports.export(client(new HttpSettings(), url), Exports.request(1));
    HttpServer.Request seen = server.lastRequest();
    assertEquals("Basic dXNlckBob21lOnA6YStiJQ==", seen.headers().get("authorization"));
    assertEquals("/logs", seen.target());
    assertEquals(server.address(), seen.headers().get("host"));
  }

  @Test
  void shouldPreferTheHeaderToTheCredentialsOfTheUrl() throws Exception {
    Exports.export(
        client(
            new HttpSettings().headers(Map.of("AUTHORIZATION", "Bearer abc")),
            "http://user:password@" + server.address()),
        Exports.request(1));
    assertEquals("Bearer abc", server.lastRequest().headers().get("authorization"));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 3", "10, 10", "99, 10", "-4, 0"})
  void shouldReportHowManyWereRejected(long reported, long expectedRejected) throws Exception {
    byte[] protobuf =
        ExportLogsServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportLogsPartialSuccess.newBuilder()
                    .setRejectedLogRecords(reported)
                    .setErrorMessage("too old"))
            .build()
            .toByteArray();
    ExportResult expected = new ExportResult.Accepted(expectedRejected, "too old");
    server.replyWith(
        request -> new HttpServer.Reply(200, protobuf, "Content-Type", "application/x-protobuf"));
    assertEquals(expected, exportTen(HttpEncoding.PROTOBUF));
    for (String number : List.of("" + reported, "\"" + reported + "\"")) {
      byte[] json =
          ("{\"other\":[{}],\"partialSuccess\":{\"x\":{},\"rejectedLogRecords\":" + number
                  + ",\"errorMessage\":\"too old\"}}")
              .getBytes(StandardCharsets.UTF_8);
      server.replyWith(
          request -> new HttpServer.Reply(200, json, "Content-Type", "application/json"));
      assertEquals(expected, exportTen(HttpEncoding.JSON));
    }
  }

  @ParameterizedTest
  @EnumSource(HttpVersion.class)
  void shouldReadAResponseUpToFourMebibytes(HttpVersion version) throws Exception {
    try (HttpServer any = new HttpServer(null, version == HttpVersion.HTTP_2)) {
      ExportClient client = client(new HttpSettings().version(version), any.address());
      any.replyWith(request -> new HttpServer.Reply(200, new byte[5_000_000]));
      assertEquals(
          new ExportResult.Accepted(0, "the response to an accepted request is above 4 MiB"),
          Exports.export(client, Exports.request(1)));
      any.replyWith(request -> new HttpServer.Reply(503, new byte[5_000_000]));
      assertInstanceOf(ExportResult.Retry.class, Exports.export(client, Exports.request(1)));
      assertEquals(1, any.accepted());
    }
  }

  @Test
  void shouldRefuseAnInvalidRequest() throws Exception {
    ExportRequest garbage = new ExportRequest(List.of(ByteBuffer.wrap(new byte[] {10, 99})), 1, 2);
    ExportClient client =
        client(new HttpSettings().encoding(HttpEncoding.JSON));
    assertInstanceOf(ExportResult.PayloadRefused.class, Exports.export(client, garbage));
    assertEquals(0, server.accepted());
  }

  @Test
  void shouldNotifyTheListenerOfEachCallsEnd() throws Exception {
    record End(String server, String status, long requestBytes, long responseBytes) {}
    ConcurrentLinkedQueue<End> ends = new ConcurrentLinkedQueue<>();
    ExportListener listener =
        (backend, method, status, nanos, sent, received) ->
            ends.add(new End(backend + " " + method, status, sent, received));
    ExportRequest request = Exports.request(5);
    String address = server.address();
    try (ExportClients own = Exports.clients(listener, Duration.ofMinutes(1))) {
      ExportClient client =
          own.create(TargetType.OTLP_HTTP, new HttpSettings().build(), Exports.NO_TLS_KEYS, Address.of(address));
      server.replyWith(incoming -> new HttpServer.Reply(503, new byte[7]));
      Exports.export(client, request);
      server.close();
      Exports.awaitCondition(() -> server.connections() == 0, "the server is not down");
      Exports.export(client, request);
    }
    assertEquals(
        List.of(
            new End(address + " POST", "503", request.bytes(), 7),
            new End(address + " POST", "UNAVAILABLE", request.bytes(), 0)),
        List.copyOf(ends));
  }

  @Test
  void shouldNotRequestCompressedResponses() throws Exception {
    exportTen(HttpEncoding.PROTOBUF);
    assertNull(server.lastRequest().headers().get("accept-encoding"));
  }

  private ExportResult exportTen(HttpEncoding encoding) throws Exception {
    return Exports.export(
        client(new HttpSettings().encoding(encoding)), Exports.request(10));
  }

  private static byte[] plain(Compression compression, byte[] body) throws Exception {
    ByteArrayInputStream in = new ByteArrayInputStream(body);
    return switch (compression) {
      case NONE -> body;
      case GZIP -> new GZIPInputStream(in).readAllBytes();
      // In one step, too, which takes a frame that says how long it is.
      case ZSTD -> Zstd.decompress(body, (int) Zstd.getFrameContentSize(body));
    };
  }
}
