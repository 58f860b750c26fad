package cloud.gardener.logging.export.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.clients.Exports;
import com.google.rpc.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each status of a backend means, by the OTLP specification. */
class HttpStatusTest extends HttpTest {
  private static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);
  private static final Set<Integer> OF_THE_PAYLOAD = Set.of(400, 422);
  private static final int TOO_LARGE = 413;

  static IntStream retryable() {
    return RETRYABLE.stream().mapToInt(code -> code).sorted();
  }

  /** Every code that is not named elsewhere, also those that no standard knows. */
  static IntStream destinationRefusals() {
    return IntStream.concat(IntStream.range(400, 600), IntStream.of(600, 999))
        .filter(code -> !RETRYABLE.contains(code))
        .filter(code -> !OF_THE_PAYLOAD.contains(code))
        .filter(code -> code != TOO_LARGE);
  }

  static IntStream payloadRefusals() {
    return OF_THE_PAYLOAD.stream().mapToInt(code -> code).sorted();
  }

  @ParameterizedTest
  @MethodSource("retryable")
  void shouldRetry(int code) throws Exception {
    ExportResult.Retry retry = assertInstanceOf(ExportResult.Retry.class, resultOf(code));
    assertEquals(Duration.ZERO, retry.notBefore());
    assertTrue(retry.reason().startsWith("HTTP " + code), retry::reason);
  }

  @ParameterizedTest
  @MethodSource("destinationRefusals")
  void shouldReportADestinationRefusal(int code) throws Exception {
    ExportResult.DestinationRefused refused =
        assertInstanceOf(
            ExportResult.DestinationRefused.class, resultOf(code, "Retry-After", "5"));
    assertTrue(refused.reason().startsWith("HTTP " + code), refused::reason);
    assertFalse(refused.hint().isEmpty());
    assertEquals(Duration.ofSeconds(5), refused.notBefore());
  }

  @ParameterizedTest
  @MethodSource("payloadRefusals")
  void shouldReportAPayloadRefusal(int code) throws Exception {
    ExportResult.PayloadRefused refused =
        assertInstanceOf(ExportResult.PayloadRefused.class, resultOf(code));
    assertTrue(refused.reason().startsWith("HTTP " + code), refused::reason);
  }

  @ParameterizedTest
  @MethodSource("retryable")
  void shouldWaitAsLongAsRetryAfterAsks(int code) throws Exception {
    ExportResult result = resultOf(code, "Retry-After", "3600");
    assertEquals(
        Duration.ofHours(1),
        assertInstanceOf(ExportResult.Retry.class, result).notBefore());
  }

  @Test
  void shouldReportTooLarge() throws Exception {
    assertInstanceOf(ExportResult.TooLarge.class, resultOf(TOO_LARGE));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void shouldAcceptEverySuccessStatus(int code) throws Exception {
    assertEquals(ExportResult.Accepted.ALL, resultOf(code));
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 307, 308})
  void shouldNotFollowARedirect(int code) throws Exception {
    try (HttpServer other = HttpServer.newHttp1Server()) {
      ExportResult result = resultOf(code, "Location", "http://" + other.address() + "/v1/logs");
      ExportResult.DestinationRefused refused =
          assertInstanceOf(ExportResult.DestinationRefused.class, result);
      assertTrue(refused.reason().contains(other.address()), refused::reason);
      assertEquals(0, other.accepted());
    }
  }

  @Test
  void shouldReportTheBackendsMessage() throws Exception {
    byte[] status = Status.newBuilder().setCode(3).setMessage("bad data").build().toByteArray();
    server.replyWith(
        request ->
            new HttpServer.Reply(400, status, "Content-Type", "application/x-protobuf"));
    assertEquals(new ExportResult.PayloadRefused("HTTP 400 Bad Request: bad data"), export());
    byte[] json = "{\"code\":3,\"details\":[{}],\"message\":\"worse\"}".getBytes();
    server.replyWith(
        request ->
            new HttpServer.Reply(400, json, "Content-Type", "application/json; charset=utf-8"));
    assertEquals(new ExportResult.PayloadRefused("HTTP 400 Bad Request: worse"), export());
    byte[] text = "no\nway".getBytes(StandardCharsets.UTF_8);
    server.replyWith(request -> new HttpServer.Reply(400, text, "Content-Type", "text/plain"));
    assertEquals(new ExportResult.PayloadRefused("HTTP 400 Bad Request: no way"), export());
  }

  @Test
  void shouldReportTooLargeFromACollectorsSizeLimit() throws Exception {
    byte[] status = "{\"code\":3,\"message\":\"http: request body too large\"}".getBytes();
    server.replyWith(
        request -> new HttpServer.Reply(400, status, "Content-Type", "application/json"));
    assertEquals(
        new ExportResult.TooLarge("HTTP 400 Bad Request: http: request body too large"), export());
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-protobuf", "application/json", "text/html", ""})
  void shouldIgnoreAnUnreadableBody(String type) throws Exception {
    byte[] garbage = {'{', 0x7f, -1, 0x12, 99};
    server.replyWith(request -> new HttpServer.Reply(400, garbage, "Content-Type", type));
    assertEquals(new ExportResult.PayloadRefused("HTTP 400 Bad Request"), export());
  }

  private ExportResult resultOf(int code, String... headers) throws Exception {
    server.replyWith(code, headers);
    return export();
  }

  private ExportResult export() throws Exception {
    return Exports.export(client(new HttpSettings()), Exports.request(1));
  }
}
