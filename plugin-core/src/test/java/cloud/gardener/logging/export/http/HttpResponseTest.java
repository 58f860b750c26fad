package cloud.gardener.logging.export.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.HttpEncoding;
import cloud.gardener.logging.export.ExportResponse;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.clients.Exports;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers with status 200 are a yes, and what they say. */
class HttpResponseTest extends HttpTest {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String HTML = "<!DOCTYPE html><html><body>Welcome</body></html>";

  private static final ExportResult TWO_REJECTED = new ExportResult.Accepted(2, "too old");
  private static final byte[] PARTIAL =
      ExportLogsServiceResponse.newBuilder()
          .setPartialSuccess(
              ExportLogsPartialSuccess.newBuilder()
                  .setRejectedLogRecords(2)
                  .setErrorMessage("too old"))
          .build()
          .toByteArray();
  private static final byte[] PARTIAL_JSON =
      utf8("{\"partialSuccess\":{\"rejectedLogRecords\":\"2\",\"errorMessage\":\"too old\"}}");

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "text/html; charset=utf-8", "text/plain", "application/json",
      "application/octet-stream", "application/protobuf"})
  void shouldNotAcceptAnotherContentType(String type) throws Exception {
    for (byte[] body : List.of(utf8(HTML), utf8("{}"), PARTIAL)) {
      ExportResult.DestinationRefused refused =
          assertInstanceOf(
              ExportResult.DestinationRefused.class,
              resultOf(HttpEncoding.PROTOBUF, body, "Content-Type", type));
      assertTrue(refused.reason().startsWith("HTTP 200 OK, but the body"), refused::reason);
      assertTrue(refused.hint().contains("EndpointUrlPath"), refused::hint);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PROTOBUF, application/x-protobuf, <html>",
    "PROTOBUF, '', <!DOCTYPE html>",
    "PROTOBUF, '', OK",
    "PROTOBUF, '', {}",
    "JSON, application/json, <html>",
    "JSON, application/json, []",
    "JSON, application/json, '{\"partialSuccess\":{'",
    "JSON, application/json, {} {}",
    "JSON, '', OK"
  })
  void shouldNotAcceptAnUnreadableResponse(HttpEncoding encoding, String type, String body)
      throws Exception {
    String[] headers = type.isEmpty() ? new String[0] : new String[] {"Content-Type", type};
    assertInstanceOf(
        ExportResult.DestinationRefused.class, resultOf(encoding, utf8(body), headers));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "text/plain", "application/json", ""})
  void shouldAcceptAResponseWithoutABody(String type) throws Exception {
    assertEquals(
        ExportResult.Accepted.ALL,
        resultOf(HttpEncoding.PROTOBUF, new byte[0], "Content-Type", type));
  }

  @Test
  void shouldReadAResponseWithoutAContentTypeInTheRequestsEncoding() throws Exception {
    assertEquals(TWO_REJECTED, resultOf(HttpEncoding.PROTOBUF, PARTIAL));
    assertEquals(TWO_REJECTED, resultOf(HttpEncoding.JSON, PARTIAL_JSON));
    assertEquals(
        TWO_REJECTED,
        resultOf(HttpEncoding.JSON, PARTIAL_JSON, "Content-Type", "Application/JSON; charset=UTF-8"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "deflate", "raw deflate", "identity"})
  void shouldReadARejectionInACompressedResponse(String coding) throws Exception {
    String header = coding.equals("raw deflate") ? "deflate" : coding;
    assertEquals(
        TWO_REJECTED,
        resultOf(
            HttpEncoding.PROTOBUF,
            encoded(coding, PARTIAL),
            "Content-Type",
            PROTOBUF,
            "Content-Encoding",
            header));
    assertEquals(
        TWO_REJECTED,
        resultOf(HttpEncoding.JSON, encoded(coding, PARTIAL_JSON), "Content-Encoding", header));
  }

  @Test
  void shouldReadTheMessageOfACompressedFailure() throws Exception {
    server.replyWith(
        request ->
            new HttpServer.Reply(
                400, encoded("gzip", utf8("no way")), "Content-Type", "text/plain",
                "Content-Encoding", "gzip"));
    assertEquals(
        new ExportResult.PayloadRefused("HTTP 400 Bad Request: no way"),
        Exports.export(client(new HttpSettings()), Exports.request(10)));
  }

  @Test
  void shouldNotAcceptADamagedResponse() throws Exception {
    byte[] gzip = encoded("gzip", PARTIAL);
    List<byte[]> damaged = new ArrayList<>(List.of(PARTIAL, utf8(HTML)));
    for (int length = 1; length < gzip.length; length++) {
      damaged.add(java.util.Arrays.copyOf(gzip, length));
    }
    for (byte[] body : damaged) {
      assertInstanceOf(
          ExportResult.DestinationRefused.class,
          resultOf(
              HttpEncoding.PROTOBUF, body, "Content-Type", PROTOBUF, "Content-Encoding", "gzip"));
    }
  }

  @Test
  void shouldDecodeNoMoreThanFourMebibytes() throws Exception {
    byte[] bomb = encoded("gzip", new byte[64 << 20]);
    assertTrue(bomb.length < 1 << 20);
    assertEquals(
        ExportResponse.ABOVE_THE_LIMIT,
        resultOf(HttpEncoding.PROTOBUF, bomb, "Content-Type", PROTOBUF, "Content-Encoding", "gzip"));
    assertInstanceOf(
        ExportResult.DestinationRefused.class,
        resultOf(
            HttpEncoding.PROTOBUF, bomb, "Content-Type", "text/html", "Content-Encoding", "gzip"));
  }

  /** Of the right content type it is a yes whose details are lost, as one above the limit. */
  @Test
  void shouldReportAnUnknownCoding() throws Exception {
    assertEquals(
        new ExportResult.Accepted(
            0, "the response to an accepted request has an unknown content coding"),
        resultOf(HttpEncoding.PROTOBUF, PARTIAL, "Content-Type", PROTOBUF, "Content-Encoding", "br"));
    assertInstanceOf(
        ExportResult.DestinationRefused.class,
        resultOf(HttpEncoding.PROTOBUF, PARTIAL, "Content-Encoding", "br"));
  }

  private ExportResult resultOf(HttpEncoding encoding, byte[] body, String... headers)
      throws Exception {
    server.replyWith(request -> new HttpServer.Reply(200, body, headers));
    return Exports.export(
        client(new HttpSettings().encoding(encoding)), Exports.request(10));
  }

  private static byte[] encoded(String coding, byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (coding.toLowerCase(java.util.Locale.ROOT)) {
          case "gzip", "x-gzip" -> new GZIPOutputStream(bytes);
          case "deflate" -> new DeflaterOutputStream(bytes);
          case "raw deflate" ->
              new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true));
          default -> bytes;
        }) {
      out.write(body);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
