package cloud.gardener.logging.otlp;

import java.nio.ByteBuffer;

/**
 * Looks for a level in the text of a message, for a record that has no field for it. In this order:
 *
 * <ul>
 *   <li>klog's header: {@code E0320 10:00:00.1 1 x.go:27] ...}
 *   <li>for text that begins as a JSON object: its keys, within the first {@link #JSON_BYTES}
 *   <li>for other text: a pair such as {@code level=error}, within the first {@link #PAIR_BYTES}
 * </ul>
 *
 * What a level is cut off by the bound is none. Not thread-safe. Allocates nothing.
 */
final class TextLevel {
  /** How far a JSON text is read. */
  static final int JSON_BYTES = 1024;

  /** How far a pair is looked for. */
  static final int PAIR_BYTES = 256;

  private static final int LONGEST_NAME = 32;
  private static final int KLOG_BYTES = 14;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long EQUALS = '=' * ONES;

  private final LevelNames names;
  private final JsonLevel json;

  /** Where the level stands that was found. */
  int offset;

  /** Bytes of the level that was found. */
  int length;

  TextLevel(LevelNames names) {
    this.names = names;
    this.json = new JsonLevel(names);
  }

  /** The severity of a text, or {@link SeverityTable#UNSPECIFIED}. */
  int find(ByteBuffer in, int start, int bytes) {
    if (isKlog(in, start, bytes)) {
      return found(start, 1, SeverityTable.ofWord(in, start, 1));
    }
    int end = start + bytes;
    int at = start;
    while (at < end && isBlank(in.get(at))) {
      at++;
    }
    if (at < end && in.get(at) == '{') {
      int number = json.find(in, at, Math.min(end, at + JSON_BYTES));
      return found(json.offset, json.length, number);
    }
    return pair(in, at, Math.min(end, at + PAIR_BYTES));
  }

  private int found(int at, int bytes, int number) {
    offset = at;
    length = bytes;
    return number;
  }

  /** {@code Lmmdd hh:mm:ss}, or the newer {@code Lyyyymmdd hh:mm:ss}. */
  private static boolean isKlog(ByteBuffer in, int start, int bytes) {
    if (bytes < KLOG_BYTES) {
      return false;
    }
    int letter = in.get(start);
    if (letter != 'I' && letter != 'W' && letter != 'E' && letter != 'F') {
      return false;
    }
    int digits = 0;
    while (digits < 9 && isDigit(in.get(start + 1 + digits))) {
      digits++;
    }
    int at = start + 1 + digits;
    return (digits == 4 || digits == 8)
        && start + bytes - at >= 9
        && in.get(at) == ' '
        && isTwoDigits(in, at + 1)
        && in.get(at + 3) == ':'
        && isTwoDigits(in, at + 4)
        && in.get(at + 6) == ':'
        && isTwoDigits(in, at + 7);
  }

  private static boolean isTwoDigits(ByteBuffer in, int at) {
    return isDigit(in.get(at)) && isDigit(in.get(at + 1));
  }

  /** The first pair of a level's name and a word that is a level. */
  private int pair(ByteBuffer in, int start, int end) {
    for (int at = nextEquals(in, start, end); at < end; at = nextEquals(in, at + 1, end)) {
      int name = at;
      while (name > start && at - name < LONGEST_NAME && isOfName(in.get(name - 1))) {
        name--;
      }
      if (name < at && names.rank(in, name, at - name) != LevelNames.NONE) {
        int number = valueOf(in, at + 1, end);
        if (number != SeverityTable.UNSPECIFIED) {
          return number;
        }
      }
    }
    return SeverityTable.UNSPECIFIED;
  }

  /** Only words: a number behind a name such as {@code level} may mean anything in running text. */
  private int valueOf(ByteBuffer in, int start, int end) {
    int at = start;
    while (at < end && (in.get(at) == '"' || in.get(at) == '\'' || in.get(at) == '\\')) {
      at++;
    }
    int behind = at;
    while (behind < end && isOfWord(in.get(behind))) {
      behind++;
    }
    if (behind == at || !isLetter(in.get(at))) {
      return SeverityTable.UNSPECIFIED;
    }
    return found(at, behind - at, Severity.ofString(in, at, behind - at));
  }

  private static int nextEquals(ByteBuffer in, int start, int end) {
    int at = start;
    while (end - at >= Long.BYTES) {
      long difference = in.getLong(at) ^ EQUALS;
      if ((difference - ONES & ~difference & HIGHS) != 0) {
        break;
      }
      at += Long.BYTES;
    }
    while (at < end && in.get(at) != '=') {
      at++;
    }
    return at;
  }

  private static boolean isBlank(int letter) {
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
  }

  private static boolean isDigit(int letter) {
    return letter >= '0' && letter <= '9';
  }

  private static boolean isLetter(int letter) {
    int lower = letter | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  private static boolean isOfName(int letter) {
    return isLetter(letter) || isDigit(letter) || letter == '_' || letter == '.' || letter == '@'
        || letter == '-';
  }

  private static boolean isOfWord(int letter) {
    return isLetter(letter) || isDigit(letter) || letter == '+' || letter == '-' || letter == '_';
  }
}
