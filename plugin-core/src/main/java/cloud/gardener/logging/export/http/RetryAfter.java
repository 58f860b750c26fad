package cloud.gardener.logging.export.http;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.regex.Pattern;

/** Parses the header {@code Retry-After}: seconds, or a date in any of HTTP's three formats. */
final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("[0-9]+");
  private static final int LONG_DIGITS = 18;

  /** The longest date format has 33 characters; Netty's parser throws for texts above 64. */
  private static final int MAX_DATE_CHARS = 40;

  private RetryAfter() {}

  /**
   * The pause that the backend asks for.
   *
   * @param now the local time. The backend's own time takes precedence when it sends one, so that an inaccurate
   *     local clock makes a retry neither early nor late
   * @return zero when the header is missing, in the past, or unreadable
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
    Instant serverNow = date(headers.get(HttpHeaderNames.DATE, ""));
    Duration delay = Duration.between(serverNow == null ? now : serverNow, until);
    return delay.isNegative() ? Duration.ZERO : delay;
  }

  private static Instant date(String text) {
    boolean mayBeDate = !text.isEmpty() && text.length() <= MAX_DATE_CHARS;
    Date date = mayBeDate ? DateFormatter.parseHttpDate(text) : null;
    return date == null ? null : date.toInstant();
  }
}
