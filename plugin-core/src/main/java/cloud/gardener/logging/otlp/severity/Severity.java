package cloud.gardener.logging.otlp.severity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cloud.gardener.logging.event.Value;

/**
 * Maps levels as applications write them to a severity: the words and numbers of {@link SeverityTable}, with decoration
 * and suffixes.
 *
 * <ul>
 *   <li>Blanks, brackets, quotes, colons and terminal colors around it do not count: {@code [ERROR]}.
 *   <li>A number may be a string of digits.
 *   <li>slog's {@code INFO+2} is two above INFO.
 *   <li>zap's {@code Level(-2)} is the number in it.
 *   <li>{@code SEVERITY_NUMBER_INFO2} is OTLP's own name.
 * </ul>
 *
 * Stateless.
 */
public final class Severity {
  /** Longer text, in bytes, is not a level. */
  public static final int LONGEST = 64;

  private static final int MOST_DIGITS = 4;
  private static final int ESCAPE = 0x1b;
  private static final byte[] OTLP_PREFIX = "severity_number_".getBytes(US_ASCII);
  private static final byte[] ZAP_PREFIX = "level(".getBytes(US_ASCII);

  private Severity() {}

  /** Returns the severity of a string, an integer or a float without a fraction. */
  public static int of(byte[] in, Value value) {
    return switch (value.kind) {
      case Value.STRING -> ofString(in, value.offset, value.length);
      case Value.INTEGER -> SeverityTable.ofNumber(value.integer);
      case Value.FLOAT ->
          value.real == (long) value.real
              ? SeverityTable.ofNumber((long) value.real)
              : SeverityTable.UNSPECIFIED;
      default -> SeverityTable.UNSPECIFIED;
    };
  }

  /** Returns the severity of a value that is an OTLP SeverityNumber or its name. */
  public static int ofOtlp(byte[] in, Value value) {
    long number =
        switch (value.kind) {
          case Value.INTEGER -> value.integer;
          case Value.FLOAT -> value.real == (long) value.real ? (long) value.real : -1;
          case Value.STRING -> otlpNumber(in, value.offset, value.length);
          default -> -1;
        };
    return number >= SeverityTable.TRACE && number <= SeverityTable.FATAL4
        ? (int) number
        : SeverityTable.UNSPECIFIED;
  }

  /** Returns the severity of text that is an OTLP SeverityNumber or its name. */
  static int otlpNumber(byte[] in, int offset, int length) {
    if (length > LONGEST) {
      return SeverityTable.UNSPECIFIED;
    }
    int from = skipDecoration(in, offset, offset + length);
    int to = trimDecoration(in, from, offset + length);
    if (from < to && isDigit(in[from])) {
      long number = number(in, from, to);
      return number <= SeverityTable.FATAL4 ? (int) number : SeverityTable.UNSPECIFIED;
    }
    boolean negative = from < to && in[from] == '-';
    return negative ? SeverityTable.UNSPECIFIED : ofString(in, offset, length);
  }

  /** Returns the severity of a text that consists of a level only. */
  static int ofString(byte[] in, int offset, int length) {
    if (length > LONGEST) {
      return SeverityTable.UNSPECIFIED;
    }
    int plain = SeverityTable.ofWord(in, offset, length);
    if (plain != SeverityTable.UNSPECIFIED) {
      return plain;
    }
    int from = skipDecoration(in, offset, offset + length);
    int to = trimDecoration(in, from, offset + length);
    if (from >= to) {
      return SeverityTable.UNSPECIFIED;
    }
    if (isDigit(in[from]) || in[from] == '-') {
      return SeverityTable.ofNumber(number(in, from, to));
    }
    if (startsWith(ZAP_PREFIX, in, from, to)) {
      return SeverityTable.ofNumber(number(in, from + ZAP_PREFIX.length, to));
    }
    return ofWords(in, startsWith(OTLP_PREFIX, in, from, to) ? from + OTLP_PREFIX.length : from, to);
  }

  /** Reads a word with slog's optional offset. */
  private static int ofWords(byte[] in, int from, int to) {
    int sign = from;
    while (sign < to && in[sign] != '+' && in[sign] != '-') {
      sign++;
    }
    int base = SeverityTable.ofWord(in, from, sign - from);
    if (sign == to || base == SeverityTable.UNSPECIFIED) {
      return base;
    }
    long distance = number(in, sign + 1, to);
    if (distance == Long.MAX_VALUE) {
      return SeverityTable.UNSPECIFIED;
    }
    long number = in[sign] == '+' ? base + distance : base - distance;
    return (int) Math.max(SeverityTable.TRACE, Math.min(number, SeverityTable.FATAL4));
  }

  /** Returns the decimal number in this range, or {@link Long#MAX_VALUE} if it is none. */
  private static long number(byte[] in, int from, int to) {
    boolean negative = from < to && in[from] == '-';
    int first = negative ? from + 1 : from;
    if (first == to || to - first > MOST_DIGITS) {
      return Long.MAX_VALUE;
    }
    long number = 0;
    for (int i = first; i < to; i++) {
      if (!isDigit(in[i])) {
        return Long.MAX_VALUE;
      }
      number = 10 * number + in[i] - '0';
    }
    return negative ? -number : number;
  }

  private static boolean startsWith(byte[] prefix, byte[] in, int from, int to) {
    return to - from > prefix.length
        && SeverityTable.equalsIgnoringCase(prefix, in, from);
  }

  private static int skipDecoration(byte[] in, int from, int to) {
    int at = from;
    while (at < to) {
      int letter = in[at];
      if (letter == ESCAPE) {
        at = skipEscape(in, at, to);
      } else if (isDecoration(letter)) {
        at++;
      } else {
        break;
      }
    }
    return at;
  }

  /** Returns the offset after a terminal's control sequence, such as the one that colors a level red. */
  private static int skipEscape(byte[] in, int escape, int to) {
    int at = escape + 1;
    if (at < to && in[at] == '[') {
      at++;
      while (at < to && (isDigit(in[at]) || in[at] == ';')) {
        at++;
      }
      at = Math.min(at + 1, to);
    }
    return at;
  }

  private static int trimDecoration(byte[] in, int from, int to) {
    int end = from;
    while (end < to && in[end] != ESCAPE) {
      end++;
    }
    while (end > from && isDecoration(in[end - 1])) {
      end--;
    }
    return end;
  }

  private static boolean isDecoration(int letter) {
    return switch (letter) {
      case ' ', '\t', '\r', '\n', '[', ']', '<', '>', '(', ')', '{', '}', '"', '\'', ':', '|', ',', '*', '=' ->
          true;
      default -> false;
    };
  }

  private static boolean isDigit(int letter) {
    return letter >= '0' && letter <= '9';
  }
}
