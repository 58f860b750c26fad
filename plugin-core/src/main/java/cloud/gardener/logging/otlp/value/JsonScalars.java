package cloud.gardener.logging.otlp.value;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cloud.gardener.logging.event.Value;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes msgpack scalars as JSON: numbers as numbers, binary as a base64 string. NaN, Infinity and -Infinity, which
 * JSON has no number for, become strings, as in protobuf's JSON.
 *
 * <p>Not thread-safe: counts repaired strings. Allocates for binary, for strings that are not UTF-8, and for numbers
 * with more than nine decimals.
 */
final class JsonScalars {
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
  private static final byte[] NULL = "null".getBytes(US_ASCII);
  private static final byte[] TRUE = "true".getBytes(US_ASCII);
  private static final byte[] FALSE = "false".getBytes(US_ASCII);
  private static final int LONGEST_LONG = 20;
  private static final int BLOCK = 64;
  private static final int LONGEST_ESCAPE = 6;

  /** Every whole number up to this one is exact as a double. */
  private static final double EXACT = 1L << 53;

  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  private final Text text;

  JsonScalars(Text text) {
    this.text = text;
  }

  /** Writes the current value, which must not be a container. */
  void write(ProtoBuffer out, byte[] in, Value value) {
    switch (value.kind) {
      case Value.NIL -> ascii(out, NULL);
      case Value.BOOLEAN -> ascii(out, value.integer != 0 ? TRUE : FALSE);
      case Value.INTEGER -> integer(out, value.integer);
      case Value.UNSIGNED -> ascii(out, Long.toUnsignedString(value.integer).getBytes(US_ASCII));
      case Value.FLOAT -> real(out, value.real);
      case Value.STRING -> string(out, in, value.offset, value.length);
      default -> binary(out, in, value.offset, value.length);
    }
  }

  /** Writes the current value as a key, which is always a string. */
  void key(ProtoBuffer out, byte[] in, Value value) {
    boolean quoted = value.kind >= Value.STRING || value.kind == Value.FLOAT && !isNumber(value.real);
    if (value.kind == Value.STRING && value.length == 0) {
      out.reserve(3);
      out.array[out.size++] = '"';
      out.array[out.size++] = Text.EMPTY_KEY;
      out.array[out.size++] = '"';
    } else if (quoted) {
      write(out, in, value);
    } else {
      out.byteOf('"');
      write(out, in, value);
      out.byteOf('"');
    }
  }

  /** Writes the bytes of a value as a base64 string. */
  void binary(ProtoBuffer out, byte[] in, int offset, int length) {
    byte[] bytes = Arrays.copyOfRange(in, offset, offset + length);
    out.byteOf('"');
    ascii(out, Base64.getEncoder().encode(bytes));
    out.byteOf('"');
  }

  private void string(ProtoBuffer out, byte[] in, int offset, int length) {
    if (Text.isUtf8(in, offset, offset + length)) {
      quoted(out, in, offset, length);
    } else {
      byte[] repaired = text.repaired(in, offset, length);
      quoted(out, repaired, 0, repaired.length);
    }
  }

  private static void quoted(ProtoBuffer out, byte[] in, int offset, int length) {
    out.byteOf('"');
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int behind = Math.min(end, at + BLOCK);
      out.reserve(BLOCK * LONGEST_ESCAPE);
      byte[] array = out.array;
      int size = out.size;
      for (; at < behind; at++) {
        byte letter = in[at];
        if (letter >= 0 && letter < ' ' || letter == '"' || letter == '\\') {
          size = escape(array, size, letter);
        } else {
          array[size++] = letter;
        }
      }
      out.size = size;
    }
    out.byteOf('"');
  }

  private static int escape(byte[] array, int size, int letter) {
    int at = size;
    array[at++] = '\\';
    int mark =
        switch (letter) {
          case '"', '\\' -> letter;
          case '\n' -> 'n';
          case '\r' -> 'r';
          case '\t' -> 't';
          default -> 'u';
        };
    array[at++] = (byte) mark;
    if (mark == 'u') {
      array[at++] = '0';
      array[at++] = '0';
      array[at++] = HEX[letter >> 4];
      array[at++] = HEX[letter & 0xf];
    }
    return at;
  }

  private static boolean isNumber(double real) {
    return !Double.isNaN(real) && !Double.isInfinite(real);
  }

  private static void real(ProtoBuffer out, double real) {
    if (!isNumber(real)) {
      out.byteOf('"');
      ascii(out, Double.toString(real).getBytes(US_ASCII));
      out.byteOf('"');
      return;
    }
    for (int decimals = 0; decimals < POWERS.length; decimals++) {
      double scaled = Math.rint(real * POWERS[decimals]);
      if (Math.abs(scaled) >= EXACT) {
        break;
      }
      // Both are exact, so their quotient is the double that the decimal number denotes.
      if (scaled / POWERS[decimals] == real && (scaled != 0 || 1 / real > 0)) {
        decimal(out, (long) scaled, decimals);
        return;
      }
    }
    ascii(out, Double.toString(real).getBytes(US_ASCII));
  }

  private static void decimal(ProtoBuffer out, long digits, int decimals) {
    if (decimals == 0) {
      integer(out, digits);
      return;
    }
    long power = (long) POWERS[decimals];
    if (digits < 0) {
      out.byteOf('-');
    }
    integer(out, Math.abs(digits) / power);
    out.byteOf('.');
    long rest = Math.abs(digits) % power;
    for (long place = power / 10; place > 0; place /= 10) {
      out.byteOf('0' + (int) (rest / place % 10));
    }
  }

  private static void integer(ProtoBuffer out, long value) {
    out.reserve(LONGEST_LONG);
    int digits = value < 0 ? 2 : 1;
    for (long left = value / 10; left != 0; left /= 10) {
      digits++;
    }
    int at = out.size + digits;
    long left = value;
    do {
      out.array[--at] = (byte) ('0' + Math.abs((int) (left % 10)));
      left /= 10;
    } while (left != 0);
    if (value < 0) {
      out.array[out.size] = '-';
    }
    out.size += digits;
  }

  private static void ascii(ProtoBuffer out, byte[] bytes) {
    out.raw(bytes, 0, bytes.length);
  }
}
