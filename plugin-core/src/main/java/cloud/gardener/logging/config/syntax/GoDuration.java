package cloud.gardener.logging.config.syntax;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses durations as Go's {@code time.ParseDuration} does: {@code 1m30s}, {@code 500ms}, {@code 1.5h}, {@code -2s},
 * {@code 0}.
 */
public final class GoDuration {
  /** Longer text is not a sensible duration, and would be slow to compute with. */
  private static final int MAX_LENGTH = 64;

  private static final Pattern PART =
      Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "\u00b5s", 1_000L, // the micro sign
          "\u03bcs", 1_000L, // the Greek letter mu
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private GoDuration() {}

  /** Parses a duration of up to 292 years, positive or negative. A number without a unit is rejected, except 0. */
  public static Duration parse(String text) throws BadValueException {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String digits = signed ? text.substring(1) : text;
    if (digits.equals("0")) {
      return Duration.ZERO;
    }
    if (digits.isEmpty() || digits.length() > MAX_LENGTH) {
      throw new BadValueException();
    }
    long nanos = nanos(digits);
    return Duration.ofNanos(text.startsWith("-") ? -nanos : nanos);
  }

  private static long nanos(String text) throws BadValueException {
    long sum = 0;
    Matcher part = PART.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (!part.find(end) || part.start() != end) {
        throw new BadValueException();
      }
      sum = add(sum, part.group(1), NANOS.get(part.group(2)));
      end = part.end();
    }
    return sum;
  }

  private static long add(long sum, String number, long unit) throws BadValueException {
    try {
      return Math.addExact(sum, Decimal.multiply(number, unit));
    } catch (ArithmeticException e) {
      throw new BadValueException("it is longer than 292 years");
    }
  }
}
