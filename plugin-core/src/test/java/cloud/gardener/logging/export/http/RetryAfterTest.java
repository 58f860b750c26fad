package cloud.gardener.logging.export.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "120, PT2M",
    "3600, PT1H",
    "9223372036854775807, PT2562047788015215H30M7S",
    "99999999999999999999999999, PT2562047788015215H30M7S"
  })
  void shouldReadSeconds(String value, Duration expected) {
    assertEquals(expected, delay(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tue, 24 Nov 2026 12:00:30 GMT",
        "Tuesday, 24-Nov-26 12:00:30 GMT",
        "Tue Nov 24 12:00:30 2026"
      })
  void shouldReadDatesInAllForms(String value) {
    assertEquals(Duration.ofSeconds(30), delay(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tue, 24 Nov 2026 11:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "-5", "soon", "", "1.5",
        "5s", "2026-11-24T12:00:30Z", "Tue, 99 Nov 2026 12:00:30 GMT",
        "Tue, 24 Nov 2026 12:00:30 GMT, and this makes it longer than the parser of dates takes"
      })
  void shouldIgnorePastAndInvalidValues(String value) {
    assertEquals(Duration.ZERO, delay(value));
  }

  @Test
  void shouldReturnZeroWithoutTheHeader() {
    assertEquals(Duration.ZERO, RetryAfter.delay(new DefaultHttpHeaders(), NOW));
  }

  @Test
  void shouldCountFromTheBackendsClock() {
    HttpHeaders headers =
        new DefaultHttpHeaders()
            .set("Date", "Tue, 24 Nov 2026 15:00:00 GMT")
            .set("Retry-After", "Tue, 24 Nov 2026 15:01:00 GMT");
    assertEquals(Duration.ofMinutes(1), RetryAfter.delay(headers, NOW));
  }

  private static Duration delay(String value) {
    return RetryAfter.delay(new DefaultHttpHeaders().set("Retry-After", value), NOW);
  }
}
