package cloud.gardener.logging.event;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Finds the values of a chunk that are longer than a request can be: strings, binary values and extensions. Copies the
 * chunk with only the first bytes of each. A record with such a value is still too large for a request, and is
 * truncated as any other.
 *
 * <p>Not thread-safe. Allocates only to grow.
 */
final class LongValues {
  /** Values of so many bytes have a head with a length of four bytes, which a cut changes in place. */
  static final int LEAST_BYTES = 1 << 16;

  private static final int USUAL_CUTS = 4;

  private final int keptBytes;
  private final byte[] head = new byte[1 + Long.BYTES];
  private final Value value = new Value();

  // Of each cut: offsets of the value's length and of the cut in the chunk, and of the cut in the copy; its size.
  private int[] lengthAt = new int[USUAL_CUTS];
  private int[] cutAt = new int[USUAL_CUTS];
  private int[] copyAt = new int[USUAL_CUTS];
  private int[] cutBytes = new int[USUAL_CUTS];
  private int count;

  /** @param keptBytes a longer value is cut to this length; {@link #LEAST_BYTES} or more */
  LongValues(int keptBytes) {
    this.keptBytes = Math.max(LEAST_BYTES, keptBytes);
  }

  /** Forgets the values: the next chunk is copied as it is. */
  void clear() {
    count = 0;
  }

  /** Finds the values from the chunk's position to its limit; returns how many bytes the copy will lack. */
  int find(ByteBuffer chunk) {
    clear();
    int end = chunk.limit();
    int at = chunk.position();
    int total = 0;
    while (at < end) {
      // Only the head is read, but the value must end in the chunk.
      chunk.get(at, head, 0, Math.min(head.length, end - at));
      int next = value.read(head, 0, end - at);
      if (next == Value.MALFORMED) {
        return total;
      }
      if (isLeaf(value.kind) && value.length > keptBytes) {
        int keptEnd = at + value.offset + keptBytes;
        add(at + 1, keptEnd, keptEnd - chunk.position() - total, value.length - keptBytes);
        total += value.length - keptBytes;
      }
      at += next;
    }
    return total;
  }

  private static boolean isLeaf(int kind) {
    return kind == Value.STRING || kind == Value.BINARY || kind == Value.EXTENSION;
  }

  private void add(int itsLengthAt, int itsCutAt, int itsCopyAt, int bytes) {
    if (count == cutAt.length) {
      lengthAt = Arrays.copyOf(lengthAt, 2 * count);
      cutAt = Arrays.copyOf(cutAt, 2 * count);
      copyAt = Arrays.copyOf(copyAt, 2 * count);
      cutBytes = Arrays.copyOf(cutBytes, 2 * count);
    }
    lengthAt[count] = itsLengthAt;
    cutAt[count] = itsCutAt;
    copyAt[count] = itsCopyAt;
    cutBytes[count++] = bytes;
  }

  /** Copies the chunk from its position to its limit, without the ends of the values that were found. */
  void copy(ByteBuffer chunk, byte[] target) {
    int from = chunk.position();
    int to = 0;
    for (int i = 0; i < count; i++) {
      chunk.get(from, target, to, cutAt[i] - from);
      BigEndian.setInt32(target, to + lengthAt[i] - from, keptBytes);
      to = copyAt[i];
      from = cutAt[i] + cutBytes[i];
    }
    chunk.get(from, target, to, chunk.limit() - from);
  }

  /** Number of bytes that the copy lacks between two of its offsets. */
  int cutBytes(int from, int to) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += copyAt[i] > from && copyAt[i] <= to ? cutBytes[i] : 0;
    }
    return sum;
  }
}
