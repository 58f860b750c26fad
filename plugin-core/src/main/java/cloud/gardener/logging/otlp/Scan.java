package cloud.gardener.logging.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The beginning of a text, copied out of the chunk: to look at every byte of it is several times faster in
 * an array. Not thread-safe.
 */
final class Scan {
  private static final long ONES = 0x0101010101010101L;
  private static final long LOWS = 0x7f7f7f7f7f7f7f7fL;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long EQUALS = '=' * ONES;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  final byte[] bytes;

  /** Where the text begins in {@link #source}. */
  int offset;

  /** How many bytes there are. */
  int length;

  ByteBuffer source;

  Scan(int mostBytes) {
    bytes = new byte[mostBytes];
  }

  /** Takes as much of a text as there is room for. */
  void of(ByteBuffer in, int start, int textBytes) {
    source = in;
    offset = start;
    length = Math.min(textBytes, bytes.length);
    in.get(start, bytes, 0, length);
  }

  /** Where the first quote or backslash stands, or the end. */
  int quoteOrBackslash(int start) {
    byte[] array = bytes;
    int end = length;
    int at = start;
    while (end - at >= Long.BYTES) {
      long eight = (long) LONG.get(array, at);
      long found = zeros(eight ^ QUOTES) | zeros(eight ^ BACKSLASHES);
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < end && array[at] != '"' && array[at] != '\\') {
      at++;
    }
    return at;
  }

  /** Where the first equals sign stands, or {@code end}. */
  int equalsSign(int start, int end) {
    byte[] array = bytes;
    int at = start;
    while (end - at >= Long.BYTES) {
      long found = zeros((long) LONG.get(array, at) ^ EQUALS);
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < end && array[at] != '=') {
      at++;
    }
    return at;
  }

  /** The high bit of each byte that is zero, and no other. */
  private static long zeros(long eight) {
    return ~((eight & LOWS) + LOWS | eight | LOWS);
  }
}
