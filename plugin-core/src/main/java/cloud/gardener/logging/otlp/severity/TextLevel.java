package cloud.gardener.logging.otlp.severity;

/**
 * Searches the text of a message for a level, for a record without a level field. In this order:
 *
 * <ul>
 *   <li>klog's header: {@code E0320 10:00:00.1 1 x.go:27] ...}
 *   <li>for text that begins as a JSON object: its keys, within the first {@link #JSON_BYTES}
 *   <li>for other text: a pair such as {@code level=error}, within the first {@link #PAIR_BYTES}
 * </ul>
 *
 * A level that the bound cuts off does not count. Not thread-safe. Allocates nothing.
 */
public final class TextLevel {
  /** Maximum number of bytes read of JSON text. */
  static final int JSON_BYTES = 1024;

  /** Maximum number of bytes searched for a pair. */
  static final int PAIR_BYTES = 256;

  private static final int LONGEST_NAME = 32;

  private final LevelNames names;
  private final Scan text = new Scan(JSON_BYTES);
  private final JsonLevel json;

  /** Offset of the level that was found, in the array of the text. */
  public int offset;

  /** Length in bytes of the level that was found. */
  public int length;

  public TextLevel(LevelNames names) {
    this.names = names;
    this.json = new JsonLevel(names, text);
  }

  /** Returns the severity of a text, or {@link SeverityTable#UNSPECIFIED}. */
  public int find(byte[] in, int start, int bytes) {
    text.of(in, start, bytes);
    byte[] array = text.bytes;
    int end = text.end;
    int at = text.start;
    if (KlogHeader.isAt(array, at, end)) {
      return found(at, 1, SeverityTable.ofLetter(array[at]));
    }
    while (at < end && isBlank(array[at])) {
      at++;
    }
    if (at < end && array[at] == '{') {
      int number = json.find(at);
      return found(json.offset, json.length, number);
    }
    return pair(at, Math.min(end, at + PAIR_BYTES));
  }

  /** Records a level at an offset of the scanned array. */
  private int found(int at, int bytes, int number) {
    offset = at + text.toSource;
    length = bytes;
    return number;
  }

  /** Returns the severity of the first pair of a level's name and a word that is a level. */
  private int pair(int start, int end) {
    for (int at = text.equalsSign(start, end); at < end; at = text.equalsSign(at + 1, end)) {
      int name = at;
      while (name > start && at - name < LONGEST_NAME && isOfName(text.bytes[name - 1])) {
        name--;
      }
      if (name < at
          && names.mayBe(text.bytes[name], at - name)
          && names.rank(text.bytes, name, at - name) != LevelNames.NONE) {
        int number = valueOf(at + 1, end);
        if (number != SeverityTable.UNSPECIFIED) {
          return number;
        }
      }
    }
    return SeverityTable.UNSPECIFIED;
  }

  /** Reads words only: in running text, a number after a name such as {@code level} may mean anything. */
  private int valueOf(int start, int end) {
    byte[] array = text.bytes;
    int at = start;
    while (at < end && (array[at] == '"' || array[at] == '\'' || array[at] == '\\')) {
      at++;
    }
    int behind = at;
    while (behind < end && isOfWord(array[behind])) {
      behind++;
    }
    if (behind == at || !isLetter(array[at])) {
      return SeverityTable.UNSPECIFIED;
    }
    return found(at, behind - at, Severity.ofString(array, at, behind - at));
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
