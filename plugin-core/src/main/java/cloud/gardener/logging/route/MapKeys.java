package cloud.gardener.logging.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.Value;
import java.util.Arrays;

/**
 * Finds the values of a few keys in a map in place. If a key is repeated, the last one counts, as everywhere in the
 * plugin.
 *
 * <p>Not thread-safe. Allocates nothing.
 */
final class MapKeys {
  private final byte[][] keys;
  private final int[] found;
  private final Value value = new Value();

  MapKeys(String... keys) {
    this.keys = Arrays.stream(keys).map(key -> key.getBytes(UTF_8)).toArray(byte[][]::new);
    this.found = new int[keys.length];
  }

  /** Searches the map at {@code at}; a value that is not a map has none of the keys. */
  void find(byte[] in, int at, int end) {
    Arrays.fill(found, EventDecoder.NONE);
    int next = value.read(in, at, end);
    for (int pairs = value.kind == Value.MAP ? value.length : 0; pairs > 0; pairs--) {
      int valueAt = value.read(in, next, end);
      if (value.kind == Value.STRING) {
        match(in, value.offset, value.length, valueAt);
      } else {
        valueAt = value.skip(in, next, end);
      }
      next = value.skip(in, valueAt, end);
    }
  }

  private void match(byte[] in, int offset, int length, int valueAt) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i].length == length && equals(keys[i], in, offset)) {
        found[i] = valueAt;
      }
    }
  }

  private static boolean equals(byte[] key, byte[] in, int offset) {
    for (int i = 0; i < key.length; i++) {
      if (in[offset + i] != key[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns the offset of the value of the key with this index, or {@link EventDecoder#NONE}. */
  int valueAt(int key) {
    return found[key];
  }
}
