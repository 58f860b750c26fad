package cloud.gardener.logging.otlp.severity;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The start of a text, in place: eight bytes are read at once, also behind its end. Only a text at the very end of its
 * array is copied. Not thread-safe.
 */
final class Scan {
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;
  private static final long EQUALS_SIGNS = '=' * ONES;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Number of bytes after a text that can be read. */
  static final int BEHIND = 2 * Long.BYTES;

  private final int mostBytes;
  private byte[] copy;

  /** Holds the text from {@link #start} to {@link #end}, and at least {@link #BEHIND} more bytes after it. */
  byte[] bytes;

  int start;
  int end;

  /** Added to an offset in {@link #bytes}, gives the offset in the text's own array. */
  int toSource;

  Scan(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Begins with a text, limited to the maximum length. */
  void of(byte[] in, int offset, int length) {
    int scanned = Math.min(length, mostBytes);
    boolean inPlace = in.length - offset - scanned >= BEHIND;
    bytes = inPlace ? in : copy(in, offset, scanned);
    start = inPlace ? offset : 0;
    end = start + scanned;
    toSource = offset - start;
  }

  private byte[] copy(byte[] in, int offset, int length) {
    if (copy == null) {
      copy = new byte[mostBytes + BEHIND];
    }
    System.arraycopy(in, offset, copy, 0, length);
    return copy;
  }

  /** Returns the offset of the closing quote of the string that starts at {@code from}, or {@code until} or more. */
  static int endOfString(byte[] array, int from, int until) {
    int at = quote(array, from, until);
    return array[at - 1] == '\\' ? endOfEscapedString(array, from, at, until) : at;
  }

  private static int endOfEscapedString(byte[] array, int from, int quote, int until) {
    int at = quote;
    while (at < until && array[at - 1] == '\\' && isEscaped(array, from, at)) {
      at = quote(array, at + 1, until);
    }
    return at;
  }

  /** Whether an odd number of backslashes precedes {@code at}. */
  private static boolean isEscaped(byte[] array, int from, int at) {
    int first = at;
    while (first > from && array[first - 1] == '\\') {
      first--;
    }
    return (at - first & 1) != 0;
  }

  /** Returns the offset of the first quote, or {@code until}. Reads up to seven bytes past it. */
  private static int quote(byte[] array, int from, int until) {
    for (int at = from; at < until; at += Long.BYTES) {
      long zeros = zeros((long) LONG.get(array, at) ^ QUOTES);
      if (zeros != 0) {
        return Math.min(at + first(zeros), until);
      }
    }
    return Math.max(from, until);
  }

  /** Returns the offset of the first equals sign, or {@code until}. Reads up to seven bytes past it. */
  int equalsSign(int from, int until) {
    byte[] array = bytes;
    for (int at = from; at < until; at += Long.BYTES) {
      long zeros = zeros((long) LONG.get(array, at) ^ EQUALS_SIGNS);
      if (zeros != 0) {
        return Math.min(at + first(zeros), until);
      }
    }
    return Math.max(from, until);
  }

  /** Returns the high bit of each byte that is zero. Only the lowest one is exact; those above it may be wrong. */
  private static long zeros(long eight) {
    return eight - ONES & ~eight & HIGHS;
  }

  /** Returns the index of the first byte whose high bit is set. */
  private static int first(long highs) {
    return Long.numberOfTrailingZeros(highs) >>> 3;
  }
}
