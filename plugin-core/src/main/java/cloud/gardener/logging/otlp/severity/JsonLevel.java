package cloud.gardener.logging.otlp.severity;

/**
 * Searches the keys of a JSON object for a level, without parsing the whole object. Skips values, enters only maps that
 * may hold a level ({@code log} for {@code log.level}), and stops at invalid JSON. Of several names, the first in order
 * of precedence counts, as in a record.
 *
 * <p>Not thread-safe. Allocates nothing.
 */
final class JsonLevel {
  private static final int TOO_SHORT = Integer.MAX_VALUE;

  private final LevelNames names;
  private final Scan text;

  private byte[] bytes;
  private int end;

  /** Names before this rank take precedence over what was found; 0 if no more of the text matters. */
  private int bestRank;

  private int number;

  /** Whether the last text had a level. The next one is likely to be of the same application. */
  private boolean likely = true;

  /** Offset of the level that was found, in the text's array. */
  int offset;

  /** Length in bytes of the level that was found. */
  int length;

  JsonLevel(LevelNames names, Scan text) {
    this.names = names;
    this.text = text;
  }

  /** Returns the severity of the object at {@code start}, or {@link SeverityTable#UNSPECIFIED}. */
  int find(int start) {
    bytes = text.bytes;
    end = text.end;
    bestRank = names.count();
    number = SeverityTable.UNSPECIFIED;
    if (likely || names.mayBeIn(bytes, start, end)) {
      object(start, LevelNames.NONE);
      likely = number != SeverityTable.UNSPECIFIED;
    }
    return number;
  }

  /**
   * Walks over an object.
   *
   * @param parent the parent key of the object, or NONE for the outer object
   * @return the offset after the object, or TOO_SHORT if its end is missing
   */
  private int object(int start, int parent) {
    byte[] array = bytes;
    int last = end;
    int at = token('"', array, start + 1, last);
    while (at < last && array[at] == '"') {
      int key = at + 1;
      int keyEnd = Scan.endOfString(array, key, last);
      if (keyEnd >= last) {
        return TOO_SHORT;
      }
      at = token(':', array, keyEnd + 1, last);
      if (array[at] != ':') {
        return TOO_SHORT;
      }
      at = token('"', array, at + 1, last);
      int first = array[at];
      if (first == '{' || first == '[') {
        at = nested(key, keyEnd - key, at, parent);
      } else {
        int from = first == '"' ? at + 1 : at;
        int to = first == '"' ? Scan.endOfString(array, from, last) : endOfScalar(array, from, last);
        if (to >= last) {
          return TOO_SHORT;
        }
        if (parent != LevelNames.NONE) {
          level(names.rankIn(parent, array, key, keyEnd - key), from, to - from);
        } else if (names.mayBe(array[key], keyEnd - key)) {
          level(names.rank(array, key, keyEnd - key), from, to - from);
        }
        at = first == '"' ? to + 1 : to;
      }
      if (bestRank == 0 || at >= last) {
        break;
      }
      at = token(',', array, at, last);
      if (array[at] != ',') {
        break;
      }
      at = token('"', array, at + 1, last);
    }
    return at < last && array[at] == '}' ? at + 1 : TOO_SHORT;
  }

  private int nested(int key, int keyLength, int at, int parent) {
    if (bytes[at] == '{' && parent == LevelNames.NONE) {
      int inner = names.parent(bytes, key, keyLength);
      if (inner != LevelNames.NONE) {
        return object(at, inner);
      }
    }
    return skipNested(at);
  }

  private void level(int rank, int from, int levelLength) {
    if (rank == LevelNames.NONE || rank >= bestRank) {
      return;
    }
    int found =
        names.isOtlpNumber(rank)
            ? Severity.otlpNumber(bytes, from, levelLength)
            : Severity.ofString(bytes, from, levelLength);
    if (found != SeverityTable.UNSPECIFIED) {
      number = found;
      bestRank = rank == 0 || names.mayBeIn(bytes, from + levelLength, end) ? rank : 0;
      offset = from;
      length = levelLength;
    }
  }

  private int skipNested(int start) {
    int depth = 0;
    int at = start;
    while (at < end) {
      int letter = bytes[at];
      if (letter == '"') {
        at = Scan.endOfString(bytes, at + 1, end);
      } else if (letter == '{' || letter == '[') {
        depth++;
      } else if (letter == '}' || letter == ']') {
        depth--;
      }
      at++;
      if (depth == 0) {
        return at;
      }
    }
    return TOO_SHORT;
  }

  private static int endOfScalar(byte[] array, int start, int end) {
    int at = start;
    while (at < end) {
      int letter = array[at];
      if (letter == ',' || letter == '}' || letter == ']' || letter <= ' ') {
        return at;
      }
      at++;
    }
    return end;
  }

  /** Returns the offset of the first byte that is not blank, which is likely to be this one. */
  private static int token(int likely, byte[] array, int start, int end) {
    return array[start] == likely ? start : skipBlanks(array, start, end);
  }

  private static int skipBlanks(byte[] array, int start, int end) {
    int at = start;
    while (at < end && array[at] <= ' ' && array[at] >= 0) {
      at++;
    }
    return at;
  }
}
