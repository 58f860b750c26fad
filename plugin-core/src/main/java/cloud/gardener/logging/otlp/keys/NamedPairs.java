package cloud.gardener.logging.otlp.keys;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Which pair of a map bears which of some names; the last one where several do. Not thread-safe. */
final class NamedPairs {
  private static final int NONE = -1;

  private final Names names;
  private final int[] pairs;
  private int present;

  NamedPairs(Names names) {
    this.names = names;
    this.pairs = new int[names.count()];
  }

  void clear() {
    Arrays.fill(pairs, NONE);
    present = 0;
  }

  /** Looks at the key of a pair. */
  void look(ByteBuffer in, int offset, int length, int pair) {
    int code = names.code(in, offset, length);
    if (code != Names.UNKNOWN) {
      pairs[code] = pair;
      present |= 1 << code;
    }
  }

  /** A bit for each of the first 32 names that some pair bears. */
  int present() {
    return present;
  }

  /** The pair that bears the name, or -1. */
  int find(int code) {
    return pairs[code];
  }

  int count() {
    return pairs.length;
  }
}
