package cloud.gardener.logging.otlp.keys;

import java.util.Arrays;

/** Maps names to the pairs of a map that have them as keys; of several, the last one counts. Not thread-safe. */
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

  /** Records the pair if its key is one of the names. */
  void index(byte[] in, int offset, int length, int pair) {
    int code = names.code(in, offset, length);
    if (code != Names.UNKNOWN) {
      pairs[code] = pair;
      present |= 1 << code;
    }
  }

  /** One bit for each of the first 32 names that a pair has as its key. */
  int present() {
    return present;
  }

  /** Returns the pair with this name as its key, or -1. */
  int find(int code) {
    return pairs[code];
  }

  int count() {
    return pairs.length;
  }
}
