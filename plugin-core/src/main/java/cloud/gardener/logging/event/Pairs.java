package cloud.gardener.logging.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The pairs of one map, found in one walk: the offsets of each key and each value.
 *
 * <p>Remembers the map before, because most records of a chunk have the same keys in the same order. Its keys are
 * compared instead of read, and so is a container that is repeated byte for byte at the same position, such as the
 * Kubernetes metadata of one pod. Both are reported: {@link #haveSameKeys}, {@link #isRepeated}.
 *
 * <p>Not thread-safe. Allocates only to grow, and releases what an unusual map needed.
 */
public final class Pairs {
  private static final int USUAL_PAIRS = 64;
  private static final int NONE = -1;
  private static final int KEPT_PAIRS = 1 << 10;

  /** Up to this length, words that are compared here are cheaper than a call that compares. */
  private static final int SHORT_BYTES = 64;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Value value = new Value();
  private int[] keyAt = new int[USUAL_PAIRS];
  private int[] keyLength = new int[USUAL_PAIRS];
  private int[] valueAt = new int[USUAL_PAIRS];
  private int[] valueEnd = new int[USUAL_PAIRS];
  private byte[] kind = new byte[USUAL_PAIRS];
  private int[] textAt = new int[USUAL_PAIRS];
  private boolean[] repeated = new boolean[USUAL_PAIRS];
  private int count;
  private boolean sameKeys;

  /** Forgets the map before: the next map is in other bytes. */
  void reset() {
    count = NONE;
  }

  /**
   * Reads the map at {@code mapAt}.
   *
   * @return the offset of the next value; {@link Value#MALFORMED} if this is not a map, or not complete
   */
  int read(byte[] bytes, int mapAt, int end) {
    int at = value.read(bytes, mapAt, end);
    // A pair takes at least two bytes, so a false count never makes the arrays large.
    if (at == Value.MALFORMED || value.kind != Value.MAP || value.length > (end - at) / 2) {
      count = NONE;
      return Value.MALFORMED;
    }
    int pairs = value.length;
    prepare(pairs);
    int before = count;
    boolean same = pairs == before;
    count = NONE;
    for (int i = 0; i < pairs; i++) {
      int key = at;
      int keyBytes = valueAt[i] - keyAt[i];
      int keyEnd;
      if (i < before && keyBytes <= end - at && equal(bytes, keyAt[i], at, keyBytes)) {
        keyEnd = at + keyBytes;
      } else {
        same = false;
        keyEnd = key(bytes, at, end, i);
      }
      at = keyEnd == Value.MALFORMED ? Value.MALFORMED : value(bytes, keyEnd, end, i, before);
      if (at == Value.MALFORMED) {
        return Value.MALFORMED;
      }
      keyAt[i] = key;
      valueAt[i] = keyEnd;
      valueEnd[i] = at;
    }
    count = pairs;
    sameKeys = same;
    return at;
  }

  private int key(byte[] bytes, int at, int end, int i) {
    int next = value.read(bytes, at, end);
    boolean isString = next != Value.MALFORMED && value.kind == Value.STRING;
    keyLength[i] = isString ? value.length : -1;
    return isString ? next : value.skip(bytes, at, end);
  }

  private void prepare(int pairs) {
    int wanted = Math.max(pairs, USUAL_PAIRS);
    if (wanted > keyAt.length || keyAt.length > KEPT_PAIRS && wanted <= KEPT_PAIRS) {
      keyAt = new int[wanted];
      keyLength = new int[wanted];
      valueAt = new int[wanted];
      valueEnd = new int[wanted];
      kind = new byte[wanted];
      textAt = new int[wanted];
      repeated = new boolean[wanted];
      count = NONE;
    }
  }

  /** Skips the value of pair {@code i}; the arrays still hold the map before. */
  private int value(byte[] bytes, int at, int end, int i, int before) {
    repeated[i] = false;
    int next = value.read(bytes, at, end);
    if (next == Value.MALFORMED) {
      return next;
    }
    kind[i] = (byte) value.kind;
    textAt[i] = value.offset;
    if (value.kind != Value.MAP && value.kind != Value.ARRAY) {
      return next;
    }
    int length = valueEnd[i] - valueAt[i];
    if (i < before && length <= end - at && equal(bytes, valueAt[i], at, length)) {
      repeated[i] = true;
      return at + length;
    }
    return value.skip(bytes, at, end);
  }

  private static boolean equal(byte[] bytes, int a, int b, int length) {
    if (length > SHORT_BYTES) {
      return Arrays.equals(bytes, a, a + length, bytes, b, b + length);
    }
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      if (eight(bytes, a + i) != eight(bytes, b + i)) {
        return false;
      }
    }
    if (i < length && b + i + Long.BYTES <= bytes.length) {
      long differing = eight(bytes, a + i) ^ eight(bytes, b + i);
      return differing << Long.SIZE - Byte.SIZE * (length - i) == 0;
    }
    for (; i < length; i++) {
      if (bytes[a + i] != bytes[b + i]) {
        return false;
      }
    }
    return true;
  }

  private static long eight(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /** Number of pairs. */
  public int count() {
    return count;
  }

  /** Whether the keys equal those of the map before, byte for byte and in the same order. */
  public boolean haveSameKeys() {
    return sameKeys;
  }

  /** Offset of a pair, which is that of its key. */
  public int keyAt(int pair) {
    return keyAt[pair];
  }

  /** Offset of the bytes of a key that is a string. */
  public int keyOffset(int pair) {
    return valueAt[pair] - keyLength[pair];
  }

  /** Length of a key in bytes; -1 if it is not a string. */
  public int keyLength(int pair) {
    return keyLength[pair];
  }

  /** Offset of a pair's value. */
  public int valueAt(int pair) {
    return valueAt[pair];
  }

  /** Exclusive end of a pair's value. */
  public int valueEnd(int pair) {
    return valueEnd[pair];
  }

  /** The kind of a pair's value, one of the constants of {@link Value}. */
  public int kind(int pair) {
    return kind[pair];
  }

  /** Offset of the bytes of a value that is a string; they end at {@link #valueEnd}. */
  public int textAt(int pair) {
    return textAt[pair];
  }

  /** Length in bytes of a value that is a string. */
  public int textLength(int pair) {
    return valueEnd[pair] - textAt[pair];
  }

  /** Whether the value is a container and equals that of the same pair in the map before. */
  public boolean isRepeated(int pair) {
    return repeated[pair];
  }
}
