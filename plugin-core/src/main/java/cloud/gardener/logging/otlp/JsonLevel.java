package cloud.gardener.logging.otlp;

import java.nio.ByteBuffer;

/**
 * Looks for a level among the keys of a JSON object, without reading the object as a whole: it steps over
 * values, looks into no other map than one that may hold a level ({@code log} of {@code log.level}), and
 * stops at what is no JSON. Of several names the first in their order counts, as in a record.
 *
 * <p>Not thread-safe. Allocates nothing.
 */
final class JsonLevel {
  private static final int TOO_SHORT = Integer.MAX_VALUE;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;

  private final LevelNames names;

  private int bestRank;
  private int number;

  /** Where the level stands that was found. */
  int offset;

  /** Bytes of the level that was found. */
  int length;

  JsonLevel(LevelNames names) {
    this.names = names;
  }

  /**
   * The severity of the object that begins at {@code start}, or {@link SeverityTable#UNSPECIFIED}.
   *
   * @param end the first byte that is not read
   */
  int find(ByteBuffer in, int start, int end) {
    bestRank = names.count();
    number = SeverityTable.UNSPECIFIED;
    object(in, start, end, LevelNames.NONE);
    return number;
  }

  /**
   * Walks over an object.
   *
   * @param parent what the object lies under, or NONE for the outer object
   * @return behind it, or TOO_SHORT when its end is not there
   */
  private int object(ByteBuffer in, int start, int end, int parent) {
    int at = skipBlanks(in, start + 1, end);
    while (at < end && in.get(at) == '"') {
      int key = at + 1;
      int keyEnd = endOfString(in, key, end);
      at = skipBlanks(in, keyEnd + 1, end);
      if (keyEnd >= end || at >= end || in.get(at) != ':') {
        return TOO_SHORT;
      }
      at = value(in, key, keyEnd - key, skipBlanks(in, at + 1, end), end, parent);
      at = skipBlanks(in, at, end);
      if (bestRank == 0 || at >= end || in.get(at) != ',') {
        break;
      }
      at = skipBlanks(in, at + 1, end);
    }
    return at < end && in.get(at) == '}' ? at + 1 : TOO_SHORT;
  }

  /** Steps over a value and looks at it, if its key is a level's. */
  private int value(ByteBuffer in, int key, int keyLength, int at, int end, int parent) {
    if (at >= end) {
      return TOO_SHORT;
    }
    boolean outer = parent == LevelNames.NONE;
    int first = in.get(at);
    int inner = first == '{' && outer ? names.parent(in, key, keyLength) : LevelNames.NONE;
    if (inner != LevelNames.NONE) {
      return object(in, at, end, inner);
    }
    if (first == '{' || first == '[') {
      return behindNested(in, at, end);
    }
    int from = first == '"' ? at + 1 : at;
    int to = first == '"' ? endOfString(in, from, end) : endOfScalar(in, from, end);
    if (to >= end) {
      return TOO_SHORT;
    }
    int rank =
        outer
            ? names.rank(in, key, keyLength)
            : names.rankIn(parent, in, key, keyLength);
    if (rank != LevelNames.NONE && rank < bestRank) {
      level(in, rank, from, to - from);
    }
    return first == '"' ? to + 1 : to;
  }

  private void level(ByteBuffer in, int rank, int from, int bytes) {
    int found =
        names.isOtlpNumber(rank)
            ? Severity.otlpNumber(in, from, bytes)
            : Severity.ofString(in, from, bytes);
    if (found != SeverityTable.UNSPECIFIED) {
      number = found;
      bestRank = rank;
      offset = from;
      length = bytes;
    }
  }

  private static int behindNested(ByteBuffer in, int start, int end) {
    int depth = 0;
    int at = start;
    while (at < end) {
      int letter = in.get(at);
      if (letter == '"') {
        at = endOfString(in, at + 1, end);
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

  /** Where the quote stands that ends a string, or {@code end}. */
  private static int endOfString(ByteBuffer in, int start, int end) {
    int at = start;
    while (at < end) {
      while (end - at >= Long.BYTES && !hasQuoteOrBackslash(in.getLong(at))) {
        at += Long.BYTES;
      }
      while (at < end) {
        int letter = in.get(at);
        if (letter == '"') {
          return at;
        }
        at++;
        if (letter == '\\') {
          at++;
          break;
        }
      }
    }
    return end;
  }

  private static boolean hasQuoteOrBackslash(long eight) {
    long quote = eight ^ QUOTES;
    long backslash = eight ^ BACKSLASHES;
    return ((quote - ONES & ~quote | backslash - ONES & ~backslash) & HIGHS) != 0;
  }

  private static int endOfScalar(ByteBuffer in, int start, int end) {
    int at = start;
    while (at < end) {
      int letter = in.get(at);
      if (letter == ',' || letter == '}' || letter == ']' || letter <= ' ') {
        return at;
      }
      at++;
    }
    return end;
  }

  private static int skipBlanks(ByteBuffer in, int start, int end) {
    int at = start;
    while (at < end && in.get(at) <= ' ' && in.get(at) >= 0) {
      at++;
    }
    return at;
  }
}
