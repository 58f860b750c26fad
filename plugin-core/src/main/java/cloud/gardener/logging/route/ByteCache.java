package cloud.gardener.logging.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Caches values by bytes, so that equal bytes need not be processed again. A look-up allocates nothing and compares the
 * bytes that were found last first. Holds at most {@link #MAX_ENTRIES}; the next one clears the cache.
 *
 * <p>Not thread-safe.
 */
final class ByteCache<V> {
  static final int MAX_ENTRIES = 256;

  private static final int SLOTS = 2 * MAX_ENTRIES;

  private final byte[][] keys = new byte[SLOTS][];
  private final List<V> values = new ArrayList<>(Collections.nCopies(SLOTS, null));
  private int entries;
  private int last;

  /** Returns the value for these bytes, or null. */
  V get(byte[] in, int offset, int length) {
    if (equals(keys[last], in, offset, length)) {
      return values.get(last);
    }
    int slot = slot(in, offset, length);
    if (keys[slot] == null) {
      return null;
    }
    last = slot;
    return values.get(slot);
  }

  void put(byte[] in, int offset, int length, V value) {
    if (entries == MAX_ENTRIES) {
      clear();
    }
    int slot = slot(in, offset, length);
    if (keys[slot] == null) {
      keys[slot] = Arrays.copyOfRange(in, offset, offset + length);
      entries++;
    }
    values.set(slot, value);
    last = slot;
  }

  void clear() {
    Arrays.fill(keys, null);
    Collections.fill(values, null);
    entries = 0;
  }

  /** Returns the slot of these bytes, or the empty slot for them. There is always an empty one. */
  private int slot(byte[] in, int offset, int length) {
    int slot = hash(in, offset, length) & SLOTS - 1;
    while (keys[slot] != null && !equals(keys[slot], in, offset, length)) {
      slot = slot + 1 & SLOTS - 1;
    }
    return slot;
  }

  private static int hash(byte[] in, int offset, int length) {
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + in[offset + i];
    }
    return hash ^ hash >>> 16;
  }

  private static boolean equals(byte[] key, byte[] in, int offset, int length) {
    return key != null && Arrays.equals(key, 0, key.length, in, offset, offset + length);
  }
}
