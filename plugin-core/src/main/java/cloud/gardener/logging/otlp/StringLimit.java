package cloud.gardener.logging.otlp;

import cloud.gardener.logging.event.Value;

/**
 * Computes the length to which the strings of a record must be truncated for the record to have a given size. The
 * longest strings lose most; those up to {@value #LEAST_BYTES} bytes lose nothing. Binary values and extensions count
 * as strings.
 *
 * <p>Counts lengths in size classes, eight for each power of two, so that one walk over any record suffices. Not
 * thread-safe.
 */
final class StringLimit {
  /** Strings are truncated to no fewer bytes: keys that differ rarely become equal. */
  static final int LEAST_BYTES = 256;

  /** Result of {@link #of} if truncating strings is not enough. */
  static final int IMPOSSIBLE = -1;

  private static final int STEPS = 3;
  private static final int CLASSES = Integer.SIZE << STEPS;

  private final long[] counts = new long[CLASSES];
  private final long[] sums = new long[CLASSES];
  private final Value value = new Value();
  private long fixedBytes;

  /** Adds a value with all nested values; the caller has checked that it is complete. */
  void add(byte[] in, int at, int end) {
    int next = at;
    for (long left = 1; left > 0; left--) {
      int start = next;
      next = value.read(in, start, end);
      switch (value.kind) {
        case Value.ARRAY, Value.MAP -> {
          left += value.kind == Value.MAP ? 2L * value.length : value.length;
          fixedBytes += MsgPackCopy.CONTAINER_HEAD_BYTES;
        }
        case Value.STRING, Value.BINARY, Value.EXTENSION -> {
          fixedBytes += value.offset - start;
          leaf(value.length);
        }
        default -> fixedBytes += next - start;
      }
    }
  }

  private void leaf(int length) {
    if (length <= LEAST_BYTES) {
      fixedBytes += length;
    } else {
      fixedBytes += MsgPackCopy.MAX_LEAF_HEAD_BYTES;
      int sizeClass = classOf(length);
      counts[sizeClass]++;
      sums[sizeClass] += length;
    }
  }

  private static int classOf(int length) {
    int power = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(length);
    return power << STEPS | length >>> power - STEPS & (1 << STEPS) - 1;
  }

  /** The shortest length of a class. */
  private static long lowest(int sizeClass) {
    int power = sizeClass >>> STEPS;
    long steps = 1L << STEPS | sizeClass & (1 << STEPS) - 1;
    return steps << power - STEPS;
  }

  /** Returns the maximum bytes a string may keep for all to fit into {@code bytes}, or {@link #IMPOSSIBLE}. */
  int of(long bytes) {
    long shorter = fixedBytes;
    for (long sum : sums) {
      shorter += sum;
    }
    if (shorter <= bytes) {
      return Integer.MAX_VALUE;
    }
    long longer = 0;
    for (int i = CLASSES - 1; i >= classOf(LEAST_BYTES); i--) {
      shorter -= sums[i];
      longer += counts[i];
      if (shorter + longer * lowest(i) <= bytes) {
        return (int) ((bytes - shorter) / longer);
      }
    }
    return IMPOSSIBLE;
  }
}
