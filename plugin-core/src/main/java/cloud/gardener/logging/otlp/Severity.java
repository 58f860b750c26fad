package cloud.gardener.logging.otlp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cloud.gardener.logging.event.Value;
import java.nio.ByteBuffer;

/**
 * The severity number (OTLP's SeverityNumber, 1 to 24; 0 for unspecified) of what applications write:
 * words in any case, and syslog's numbers 0 to 7 as numbers or digits.
 *
 * <p>Syslog's emergency and alert are FATAL4 and critical is FATAL, as dashboards know them from the
 * plugin written in Go; notice is INFO2. A word or number that is not known is unspecified.
 */
final class Severity {
  static final int UNSPECIFIED = 0;
  static final int TRACE = 1;
  static final int DEBUG = 5;
  static final int INFO = 9;
  static final int INFO2 = 10;
  static final int WARN = 13;
  static final int ERROR = 17;
  static final int FATAL = 21;
  static final int FATAL4 = 24;

  private static final int[] SYSLOG = {FATAL4, FATAL4, FATAL, ERROR, WARN, INFO2, INFO, DEBUG};

  private static final int LONGEST_WORD = 13;

  private static final String[][] WORDS = {
    {"t", "trc", "trace"},
    {"d", "dbg", "debug"},
    {"i", "inf", "info", "information", "informational"},
    {"n", "notice"},
    {"w", "wrn", "warn", "warning"},
    {"e", "err", "error"},
    {"f", "fatal", "c", "crit", "critical", "severe"},
    {"a", "alert", "emerg", "emergency", "p", "panic"},
  };
  private static final int[] NUMBERS = {TRACE, DEBUG, INFO, INFO2, WARN, ERROR, FATAL, FATAL4};

  private static final int SLOTS = 256;
  private static final byte[][] TABLE = new byte[SLOTS][];
  private static final int[] TABLE_NUMBERS = new int[SLOTS];

  static {
    for (int i = 0; i < WORDS.length; i++) {
      for (String word : WORDS[i]) {
        byte[] bytes = word.getBytes(US_ASCII);
        int slot = slot(bytes.length, bytes[0], bytes[bytes.length - 1], bytes[bytes.length / 2]);
        while (TABLE[slot] != null) {
          slot = slot + 1 & SLOTS - 1;
        }
        TABLE[slot] = bytes;
        TABLE_NUMBERS[slot] = NUMBERS[i];
      }
    }
  }

  private Severity() {}

  /** The number of a string, an integer or a float that is whole. */
  static int of(ByteBuffer in, Value value) {
    return switch (value.kind) {
      case Value.STRING -> ofString(in, value.offset, value.length);
      case Value.INTEGER -> ofSyslog(value.integer);
      case Value.FLOAT -> value.real == (long) value.real ? ofSyslog((long) value.real) : UNSPECIFIED;
      default -> UNSPECIFIED;
    };
  }

  private static int ofSyslog(long number) {
    return number >= 0 && number < SYSLOG.length ? SYSLOG[(int) number] : UNSPECIFIED;
  }

  private static int ofString(ByteBuffer in, int offset, int length) {
    if (length == 0 || length > LONGEST_WORD) {
      return UNSPECIFIED;
    }
    int first = in.get(offset);
    if (length == 1 && first >= '0' && first <= '7') {
      return SYSLOG[first - '0'];
    }
    int slot = slot(length, lower(first), lower(in.get(offset + length - 1)), lower(in.get(offset + length / 2)));
    while (TABLE[slot] != null) {
      if (equalsIgnoringCase(TABLE[slot], in, offset, length)) {
        return TABLE_NUMBERS[slot];
      }
      slot = slot + 1 & SLOTS - 1;
    }
    return UNSPECIFIED;
  }

  private static int slot(int length, int first, int last, int middle) {
    return length * 31 + first * 7 + last * 13 + middle * 3 & SLOTS - 1;
  }

  private static boolean equalsIgnoringCase(byte[] word, ByteBuffer in, int offset, int length) {
    if (word.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (word[i] != lower(in.get(offset + i))) {
        return false;
      }
    }
    return true;
  }

  private static int lower(int letter) {
    return letter >= 'A' && letter <= 'Z' ? letter | 0x20 : letter;
  }
}
