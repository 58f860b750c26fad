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
  private int bestRank;
  private int number;

  /** Offset of the level that was found, in the source text. */
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
    object(start, LevelNames.NONE);
    return number;
  }

  /**
   * Walks over an object.
   *
   * @param parent the parent key of the object, or NONE for the outer object
   * @return the offset after the object, or TOO_SHORT if its end is missing
   */
  private int object(int start, int parent) {
    int at = skipBlanks(start + 1);
    while (at < end && bytes[at] == '"') {
      int key = at + 1;
      int keyEnd = text.endOfString(key);
      at = skipBlanks(keyEnd + 1);
      if (keyEnd >= end || at >= end || bytes[at] != ':') {
        return TOO_SHORT;
      }
      at = skipBlanks(value(key, keyEnd - key, skipBlanks(at + 1), parent));
      if (bestRank == 0 || at >= end || bytes[at] != ',') {
        break;
      }
      at = skipBlanks(at + 1);
    }
    return at < end && bytes[at] == '}' ? at + 1 : TOO_SHORT;
  }

  /** Skips a value, and reads it if its key is the name of a level. */
  private int value(int key, int keyLength, int at, int parent) {
    if (at >= end) {
      return TOO_SHORT;
    }
    int first = bytes[at];
    if (first == '{' || first == '[') {
      return nested(key, keyLength, at, parent);
    }
    int from = first == '"' ? at + 1 : at;
    int to = first == '"' ? text.endOfString(from) : endOfScalar(from);
    if (to >= end) {
      return TOO_SHORT;
    }
    if (parent != LevelNames.NONE) {
      level(names.rankIn(parent, text.source, key + text.toSource, keyLength), from, to - from);
    } else if (names.mayBe(bytes[key], keyLength)) {
      level(names.rank(text.source, key + text.toSource, keyLength), from, to - from);
    }
    return first == '"' ? to + 1 : to;
  }

  private int nested(int key, int keyLength, int at, int parent) {
    if (bytes[at] == '{' && parent == LevelNames.NONE) {
      int inner = names.parent(text.source, key + text.toSource, keyLength);
      if (inner != LevelNames.NONE) {
        return object(at, inner);
      }
    }
    return behindNested(at);
  }

  private void level(int rank, int from, int levelLength) {
    if (rank == LevelNames.NONE || rank >= bestRank) {
      return;
    }
    int at = from + text.toSource;
    int found =
        names.isOtlpNumber(rank)
            ? Severity.otlpNumber(text.source, at, levelLength)
            : Severity.ofString(text.source, at, levelLength);
    if (found != SeverityTable.UNSPECIFIED) {
      number = found;
      bestRank = rank;
      offset = at;
      length = levelLength;
    }
  }

  private int behindNested(int start) {
    int depth = 0;
    int at = start;
    while (at < end) {
      int letter = bytes[at];
      if (letter == '"') {
        at = text.endOfString(at + 1);
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

  private int endOfScalar(int start) {
    int at = start;
    while (at < end) {
      int letter = bytes[at];
      if (letter == ',' || letter == '}' || letter == ']' || letter <= ' ') {
        return at;
      }
      at++;
    }
    return end;
  }

  private int skipBlanks(int start) {
    int at = start;
    while (at < end && bytes[at] <= ' ' && bytes[at] >= 0) {
      at++;
    }
    return at;
  }
}
