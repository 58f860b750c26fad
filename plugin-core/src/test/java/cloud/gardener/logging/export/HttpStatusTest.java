package cloud.gardener.logging.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  private static final Set<Integer> REFUSED_CREDENTIALS = Set.of(401, 403, 407);
  private static final int TOO_LARGE = 413;

  static IntStream retryable() {
    return RETRYABLE.stream().mapToInt(code -> code).sorted();
  }

  /** Every 4xx and 5xx that is not named elsewhere. */
  static IntStream permanent() {
    return IntStream.range(400, 600)
        .filter(code -> !RETRYABLE.contains(code))
        .filter(code -> !REFUSED_CREDENTIALS.contains(code))
        .filter(code -> code != TOO_LARGE);
  }

  static IntStream refusedCredentials() {
    return REFUSED_CREDENTIALS.stream().mapToInt(code -> code).sorted();
  }

  @ParameterizedTest
  @MethodSource("retryable")
  void shouldRetry(int code) throws Exception {
    ExportResult.Retry retry = assertInstanceOf(ExportResult.Retry.class, answerTo(code));
    assertEquals(Duration.ZERO, retry.notBefore());
    assertEquals(ExportResult.Pace.BACKOFF, retry.pace());
    assertTrue(retry.reason().startsWith("HTTP " + code), retry::reason);
  }

  @ParameterizedTest
  @MethodSource("permanent")
  void shouldNeverRetry(int code) throws Exception {
    ExportResult.Permanent permanent =
        assertInstanceOf(
            ExportResult.Permanent.class, answerTo(code, "Retry-After", "5"));
    assertTrue(permanent.reason().startsWith("HTTP " + code), permanent::reason);
  }

  @ParameterizedTest
  @MethodSource("refusedCredentials")
  void shouldRetrySlowlyWhenCredentialsAreRefused(int code) throws Exception {
    ExportResult.Retry retry = assertInstanceOf(ExportResult.Retry.class, answerTo(code));
    assertEquals(ExportResult.Pace.MAX_INTERVAL, retry.pace());
  }

  @ParameterizedTest
  @MethodSource("retryable")
  void shouldWaitAsLongAsRetryAfterAsks(int code) throws Exception {
    ExportResult result = answerTo(code, "Retry-After", "3600");
    assertEquals(
        Duration.ofHours(1),
        assertInstanceOf(ExportResult.Retry.class, result).notBefore());
  }

  @Test
  void shouldSplitWhatIsTooLarge() throws Exception {
    assertInstanceOf(ExportResult.TooLarge.class, answerTo(TOO_LARGE));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void shouldTakeEverySuccessForOne(int code) throws Exception {
    assertEquals(ExportResult.Accepted.ALL, answerTo(code));
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 307, 308})
  void shouldKeepWhatIsRedirectedAndFollowNobody(int code) throws Exception {
    try (HttpServer other = HttpServer.http1()) {
      ExportResult result = answerTo(code, "Location", "http://" + other.address() + "/v1/logs");
      ExportResult.Retry retry = assertInstanceOf(ExportResult.Retry.class, result);
      assertEquals(ExportResult.Pace.MAX_INTERVAL, retry.pace());
      assertTrue(retry.reason().contains(other.address()), retry::reason);
      assertEquals(0, other.accepted());
    }
  }

  @Test
  void shouldSayWhatTheBackendSays() throws Exception {
    byte[] status = Status.newBuilder().setCode(3).setMessage("bad data").build().toByteArray();
    server.answer(
        request ->
            new HttpServer.Reply(400, status, "Content-Type", "application/x-protobuf"));
    assertEquals(new ExportResult.Permanent("HTTP 400 Bad Request: bad data"), answer());
    byte[] json = "{\"code\":3,\"details\":[{}],\"message\":\"worse\"}".getBytes();
    server.answer(
        request ->
            new HttpServer.Reply(400, json, "Content-Type", "application/json; charset=utf-8"));
    assertEquals(new ExportResult.Permanent("HTTP 400 Bad Request: worse"), answer());
    byte[] text = "no\nway".getBytes(StandardCharsets.UTF_8);
    server.answer(request -> new HttpServer.Reply(400, text, "Content-Type", "text/plain"));
    assertEquals(new ExportResult.Permanent("HTTP 400 Bad Request: no way"), answer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-protobuf", "application/json", "text/html", ""})
  void shouldNotMindABodyThatCannotBeRead(String type) throws Exception {
    byte[] garbage = {'{', 0x7f, -1, 0x12, 99};
    server.answer(request -> new HttpServer.Reply(400, garbage, "Content-Type", type));
    assertEquals(new ExportResult.Permanent("HTTP 400 Bad Request"), answer());
  }

  private ExportResult answerTo(int code, String... headers) throws Exception {
    server.answer(code, headers);
    return answer();
  }

  private ExportResult answer() throws Exception {
    return Exports.export(client(new HttpSettings()), Exports.request(1));
  }
}
