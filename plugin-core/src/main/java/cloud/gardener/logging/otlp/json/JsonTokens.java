package cloud.gardener.logging.otlp.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cloud.gardener.logging.event.MsgPackBuffer;

/**
 * Splits JSON text into tokens and writes scalars as msgpack. An unpaired surrogate becomes U+FFFD. An integer that
 * does not fit 64 bits, and a number beyond the range of a double, becomes a string of its text. Not thread-safe.
 */
final class JsonTokens {
  /** The end of the text. */
  static final int END = -1;

  private static final byte[] TRUE = "true".getBytes(US_ASCII);
  private static final byte[] FALSE = "false".getBytes(US_ASCII);
  private static final byte[] NULL = "null".getBytes(US_ASCII);

  /** A number with more digits may exceed the range of an unsigned long. */
  private static final int MAX_DIGITS = 19;

  private static final int MAX_DOUBLE_BYTES = 400;
  private static final int REPLACEMENT = 0xfffd;

  private byte[] in;
  private int at;
  private int end;

  void begin(byte[] text, int offset, int length) {
    in = text;
    at = offset;
    end = offset + length;
  }

  /** Skips white space and consumes the first character of the next token. Returns it, or {@link #END}. */
  int next() {
    while (at < end) {
      byte letter = in[at++];
      if (letter != ' ' && letter != '\n' && letter != '\r' && letter != '\t') {
        return letter & 0xff;
      }
    }
    return END;
  }

  /** Writes the scalar that begins with {@code token}; returns false if it is none. */
  boolean scalar(int token, MsgPackBuffer out) {
    return switch (token) {
      case '"' -> string(out);
      case 't' -> word(TRUE, 0xc3, out);
      case 'f' -> word(FALSE, 0xc2, out);
      case 'n' -> word(NULL, 0xc0, out);
      default -> (token == '-' || isDigit(token)) && number(out);
    };
  }

  private boolean word(byte[] word, int head, MsgPackBuffer out) {
    if (word.length - 1 > end - at) {
      return false;
    }
    for (int i = 1; i < word.length; i++) {
      if (in[at++] != word[i]) {
        return false;
      }
    }
    out.raw(head);
    return true;
  }

  /** Writes the string whose opening quote has been read; returns false if it is not terminated or malformed. */
  boolean string(MsgPackBuffer out) {
    int head = out.string();
    int start = out.size();
    int plain = at;
    while (at < end) {
      byte letter = in[at++];
      if (letter == '"') {
        out.raw(in, plain, at - 1 - plain);
        out.count(head, out.size() - start);
        return true;
      }
      if (letter == '\\') {
        out.raw(in, plain, at - 1 - plain);
        if (at == end || !escape(in[at++], out)) {
          return false;
        }
        plain = at;
      } else if (letter >= 0 && letter < ' ') {
        return false;
      }
    }
    return false;
  }

  private boolean escape(int letter, MsgPackBuffer out) {
    switch (letter) {
      case '"', '\\', '/' -> out.raw(letter);
      case 'b' -> out.raw('\b');
      case 'f' -> out.raw('\f');
      case 'n' -> out.raw('\n');
      case 'r' -> out.raw('\r');
      case 't' -> out.raw('\t');
      case 'u' -> {
        int unit = unit(at);
        if (unit < 0) {
          return false;
        }
        at += 4;
        codePoint(unit, out);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Returns the value of the four hex digits at {@code offset}, or -1. */
  private int unit(int offset) {
    if (4 > end - offset) {
      return -1;
    }
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(in[offset + i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  private void codePoint(int unit, MsgPackBuffer out) {
    int codePoint = unit;
    if (Character.isSurrogate((char) unit)) {
      boolean escaped = 6 <= end - at && in[at] == '\\' && in[at + 1] == 'u';
      int low = escaped ? unit(at + 2) : -1;
      if (Character.isHighSurrogate((char) unit) && low >= 0 && Character.isLowSurrogate((char) low)) {
        codePoint = Character.toCodePoint((char) unit, (char) low);
        at += 6;
      } else {
        codePoint = REPLACEMENT;
      }
    }
    utf8(codePoint, out);
  }

  private static void utf8(int codePoint, MsgPackBuffer out) {
    if (codePoint < 0x80) {
      out.raw(codePoint);
    } else if (codePoint < 0x800) {
      out.raw(0xc0 | codePoint >> 6);
      out.raw(0x80 | codePoint & 0x3f);
    } else if (codePoint < 0x10000) {
      out.raw(0xe0 | codePoint >> 12);
      out.raw(0x80 | codePoint >> 6 & 0x3f);
      out.raw(0x80 | codePoint & 0x3f);
    } else {
      out.raw(0xf0 | codePoint >> 18);
      out.raw(0x80 | codePoint >> 12 & 0x3f);
      out.raw(0x80 | codePoint >> 6 & 0x3f);
      out.raw(0x80 | codePoint & 0x3f);
    }
  }

  private boolean number(MsgPackBuffer out) {
    int start = at - 1;
    boolean negative = in[start] == '-';
    int digitsAt = negative ? at : start;
    at = digitsAt;
    int digits = digits();
    if (digits == 0 || digits > 1 && in[digitsAt] == '0') {
      return false;
    }
    boolean whole = true;
    if (at < end && in[at] == '.') {
      at++;
      whole = false;
      if (digits() == 0) {
        return false;
      }
    }
    if (at < end && (in[at] | 0x20) == 'e') {
      at++;
      whole = false;
      if (at < end && (in[at] == '+' || in[at] == '-')) {
        at++;
      }
      if (digits() == 0) {
        return false;
      }
    }
    if (!whole) {
      real(start, out);
    } else if (!integer(digitsAt, digits, negative, out)) {
      text(start, out);
    }
    return true;
  }

  private int digits() {
    int first = at;
    while (at < end && isDigit(in[at])) {
      at++;
    }
    return at - first;
  }

  private boolean integer(int digitsAt, int digits, boolean negative, MsgPackBuffer out) {
    if (digits > MAX_DIGITS + 1) {
      return false;
    }
    long value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = in[digitsAt + i] - '0';
      if (i >= MAX_DIGITS && Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, 10)) > 0) {
        return false;
      }
      value = 10 * value + digit;
    }
    if (value >= 0) {
      out.integer(negative ? -value : value);
    } else if (!negative) {
      out.unsigned(value);
    } else if (value == Long.MIN_VALUE) {
      out.integer(value);
    } else {
      return false;
    }
    return true;
  }

  private void real(int start, MsgPackBuffer out) {
    int length = at - start;
    double value = Double.POSITIVE_INFINITY;
    if (length <= MAX_DOUBLE_BYTES) {
      value = Double.parseDouble(new String(in, start, length, US_ASCII));
    }
    if (Double.isInfinite(value)) {
      text(start, out);
    } else {
      out.real(value);
    }
  }

  private void text(int start, MsgPackBuffer out) {
    int head = out.string();
    out.raw(in, start, at - start);
    out.count(head, at - start);
  }

  private static boolean isDigit(int letter) {
    return letter >= '0' && letter <= '9';
  }
}
