package cloud.gardener.logging.export.http;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.regex.Pattern;

/** Reads the header {@code Retry-After}: seconds, or a date in any of HTTP's three forms. */
final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("[0-9]+");
  private static final int LONG_DIGITS = 18;

  /** The longest form of a date has 33; Netty's parser throws at texts above 64. */
  private static final int MAX_DATE_CHARS = 40;

  private RetryAfter() {}

  /**
   * The pause that the backend asks for.
   *
   * @param now by our clock; where the backend sends its own time, that counts, so that a clock that
   *     is wrong makes us neither early nor late
   * @return zero where the header is missing, in the past, or cannot be read
   */
  static Duration delay(HttpHeaders headers, Instant now) {
    String text = headers.get(HttpHeaderNames.RETRY_AFTER, "").strip();
    if (SECONDS.matcher(text).matches()) {
      return Duration.ofSeconds(
          text.length() > LONG_DIGITS ? Long.MAX_VALUE : Long.parseLong(text));
    }
    Instant until = date(text);
    if (until == null) {
      return Duration.ZERO;
    }
    Instant theirNow = date(headers.get(HttpHeaderNames.DATE, ""));
    Duration delay = Duration.between(theirNow == null ? now : theirNow, until);
    return delay.isNegative() ? Duration.ZERO : delay;
  }

  private static Instant date(String text) {
    boolean mayBeDate = !text.isEmpty() && text.length() <= MAX_DATE_CHARS;
    Date date = mayBeDate ? DateFormatter.parseHttpDate(text) : null;
    return date == null ? null : date.toInstant();
  }
}
