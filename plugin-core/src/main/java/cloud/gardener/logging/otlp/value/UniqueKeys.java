package cloud.gardener.logging.otlp.value;

import java.util.Arrays;

/**
 * Keeps keys unique among pairs that are written one after the other, as OTLP requires: of pairs with equal keys, the
 * last one is kept and the others are removed.
 *
 * <p>Compares the written keys, not the original ones. So keys that become equal on conversion (repaired bytes, numbers
 * that became text, an empty key) are found too. The pairs of a map are collected between {@link #open} and {@link
 * #close}; nested maps may be opened and closed in between.
 *
 * <p>A few pairs are compared with each other. Many pairs use a hash table in which nobody can cause collisions. Not
 * thread-safe. Allocates only to grow, and releases what an unusual map needed.
 */
public final class UniqueKeys {
  /** A pair whose value is counted as lost when another value replaces it. */
  public static final byte COUNTED = 0;

  /** A pair that is replaced without being counted. */
  public static final byte UNCOUNTED = 1;

  /** A pair that removes earlier ones with its key, and is itself removed when the map is closed. */
  public static final byte SHADOW = 2;

  /** Like {@link #SHADOW}, for a pair that is not an attribute. */
  public static final byte USED = 3;

  private static final int FEW = 24;
  private static final int USUAL_PAIRS = 128;
  private static final int LONG_KEY_BYTES = 512;
  private static final int KEPT_PAIRS = 1 << 10;

  private int[] pairAt = new int[USUAL_PAIRS];
  private int[] keyAt = new int[USUAL_PAIRS];
  private int[] keyLength = new int[USUAL_PAIRS];
  private int[] mark = new int[USUAL_PAIRS];
  private byte[] kind = new byte[USUAL_PAIRS];
  private boolean[] removed = new boolean[USUAL_PAIRS];
  private int count;

  // Open addressing; a slot holds the index of a pair plus one, or zero if it is empty.
  private int[] slots = new int[0];

  private int lost;

  /** Number of values that others replaced since {@link #setLost}. */
  public int lost() {
    return lost;
  }

  public void setLost(int values) {
    lost = values;
  }

  /** Begins a map; returns the mark for {@link #close}. */
  public int open() {
    if (count == 0 && pairAt.length > KEPT_PAIRS) {
      resize(USUAL_PAIRS);
      slots = new int[0];
    }
    return count;
  }

  /** Adds the KeyValue fields from {@code from} to the buffer's end, each with a one-byte tag. */
  public void addAll(ProtoBuffer written, int from, byte itsKind) {
    byte[] array = written.array;
    int at = from;
    while (at < written.size) {
      int body = Varint.end(array, at + 1);
      int length = Varint.value(array, at + 1);
      add(array, at, body, itsKind);
      at = body + length;
    }
  }

  /** Adds the written KeyValue field that begins at {@code at}. */
  public void add(ProtoBuffer written, int at, byte itsKind) {
    add(written.array, at, Varint.end(written.array, at + 1), itsKind);
  }

  private void add(byte[] array, int at, int body, byte itsKind) {
    int lengthAt = body + 1;
    add(array, at, Varint.end(array, lengthAt), Varint.value(array, lengthAt), itsKind);
  }

  /** Adds a pair that begins at {@code at} and whose key is at {@code itsKeyAt}. */
  void add(byte[] array, int at, int itsKeyAt, int length, byte itsKind) {
    if (count == pairAt.length) {
      resize(2 * count);
    }
    pairAt[count] = at;
    keyAt[count] = itsKeyAt;
    keyLength[count] = length;
    mark[count] = mark(array, itsKeyAt, length);
    kind[count] = itsKind;
    removed[count] = itsKind >= SHADOW;
    count++;
  }

  /** Whether the key of the pair that was added last contains a letter. */
  boolean lastKeyHas(byte[] array, int letter) {
    int at = keyAt[count - 1];
    for (int left = keyLength[count - 1]; left > 0; left--) {
      if (array[at++] == letter) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the key of one attribute may be a dotted prefix of another one's. For many pairs and for long keys it
   * returns true without a check.
   */
  public boolean mayNest(ProtoBuffer written, int map) {
    if (count - map > USUAL_PAIRS) {
      return true;
    }
    for (int i = map; i < count; i++) {
      if (keyLength[i] > LONG_KEY_BYTES) {
        return true;
      }
      for (int dot = 1; kind[i] != USED && dot < keyLength[i]; dot++) {
        if (written.array[keyAt[i] + dot] == '.' && hasKey(written.array, map, keyAt[i], dot)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean hasKey(byte[] array, int map, int at, int length) {
    for (int i = map; i < count; i++) {
      if (keyLength[i] == length
          && kind[i] != USED
          && Arrays.equals(array, keyAt[i], keyAt[i] + length, array, at, at + length)) {
        return true;
      }
    }
    return false;
  }

  /** A cheap hash: among few keys, different ones rarely have the same. */
  private static int mark(byte[] array, int at, int length) {
    if (length == 0) {
      return 0;
    }
    int ends = array[at] << 8 | array[at + length - 1] & 0xff;
    return (ends * 31 + array[at + (length >> 1)]) * 31 + length;
  }

  private void resize(int pairs) {
    pairAt = Arrays.copyOf(pairAt, pairs);
    keyAt = Arrays.copyOf(keyAt, pairs);
    keyLength = Arrays.copyOf(keyLength, pairs);
    mark = Arrays.copyOf(mark, pairs);
    kind = Arrays.copyOf(kind, pairs);
    removed = Arrays.copyOf(removed, pairs);
  }

  /**
   * Ends the map and removes the replaced pairs. The map's pairs must be the last ones in the buffer.
   *
   * @return whether no pair had to be replaced
   */
  public boolean close(ProtoBuffer written, int map) {
    boolean unique =
        count - map <= FEW ? compareAll(written, map) : hashAll(written, map);
    boolean shadowed = false;
    for (int i = map; i < count && !shadowed; i++) {
      shadowed = removed[i];
    }
    if (shadowed) {
      removeReplaced(written, map);
    }
    count = map;
    return unique;
  }

  /** Ends a map whose keys are known to be unique. */
  void discard(int map) {
    count = map;
  }

  private boolean compareAll(ProtoBuffer written, int map) {
    boolean unique = true;
    for (int i = map + 1; i < count; i++) {
      int wanted = mark[i];
      for (int j = map; j < i; j++) {
        if (mark[j] == wanted && sameKey(written.array, i, j)) {
          unique &= replace(written, j, i);
        }
      }
    }
    return unique;
  }

  private boolean hashAll(ProtoBuffer written, int map) {
    int wanted = Integer.highestOneBit(count - map) << 2;
    if (slots.length < wanted) {
      slots = new int[wanted];
    } else {
      Arrays.fill(slots, 0, wanted, 0);
    }
    boolean unique = true;
    for (int i = map; i < count; i++) {
      mark[i] = KeyHash.of(written.array, keyAt[i], keyLength[i]);
      int slot = mark[i] & wanted - 1;
      while (slots[slot] != 0) {
        int j = slots[slot] - 1;
        if (mark[j] == mark[i] && sameKey(written.array, i, j)) {
          unique &= replace(written, j, i);
          break;
        }
        slot = slot + 1 & wanted - 1;
      }
      slots[slot] = i + 1;
    }
    return unique;
  }

  private boolean sameKey(byte[] array, int a, int b) {
    return Arrays.equals(
        array, keyAt[a], keyAt[a] + keyLength[a], array, keyAt[b], keyAt[b] + keyLength[b]);
  }

  /** Removes pair {@code j} in favor of pair {@code i}; returns true if {@code j} was to be removed anyway. */
  private boolean replace(ProtoBuffer written, int j, int i) {
    if (removed[j]) {
      return true;
    }
    removed[j] = true;
    if (kind[j] == COUNTED && !sameValue(written, j, i)) {
      lost++;
    }
    return false;
  }

  private boolean sameValue(ProtoBuffer written, int a, int b) {
    return Arrays.equals(
        written.array, keyAt[a] + keyLength[a], end(written, a),
        written.array, keyAt[b] + keyLength[b], end(written, b));
  }

  private int end(ProtoBuffer written, int pair) {
    return pair + 1 < count ? pairAt[pair + 1] : written.size;
  }

  private void removeReplaced(ProtoBuffer written, int map) {
    int to = pairAt[map];
    for (int i = map; i < count; i++) {
      if (!removed[i]) {
        int length = end(written, i) - pairAt[i];
        System.arraycopy(written.array, pairAt[i], written.array, to, length);
        to += length;
      }
    }
    written.size = to;
  }
}
