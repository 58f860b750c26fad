package cloud.gardener.logging.event;

import java.nio.ByteBuffer;

/**
 * A copy of one chunk at a time in an array, which C1 reads several times faster than the host's memory. The array is
 * used again for the next chunk. It grows in steps up to the size of a full chunk of Fluent Bit (2 MB, and the record
 * that passes this limit), because each array before is garbage in the old generation.
 *
 * <p>A much larger chunk is copied without the ends of its longest values ({@link LongValues}), so that a record may be
 * larger than the heap. Not thread-safe. Allocates only to grow.
 */
public final class ChunkArray {
  /** The size of the first step; each following one is twice as large. */
  static final int SMALLEST_BYTES = 40 << 10;

  /** The size of the last step; a larger array is as large as its chunk. */
  static final int KEPT_BYTES = SMALLEST_BYTES << 6;

  /** A larger chunk is copied without the ends of its longest values. */
  static final int WHOLE_BYTES = 2 * KEPT_BYTES;

  private static final byte[] EMPTY = {};

  private final LongValues longValues;
  private byte[] bytes = EMPTY;
  private int size;

  /** @param longestValue a value of more bytes may be cut, because no request can hold it */
  public ChunkArray(int longestValue) {
    longValues = new LongValues(longestValue);
  }

  /** Copies the rest of {@code chunk}, whose position does not change. */
  public void copy(ByteBuffer chunk) {
    longValues.clear();
    int chunkBytes = chunk.remaining();
    size = chunkBytes <= WHOLE_BYTES ? chunkBytes : chunkBytes - longValues.find(chunk);
    if (size > bytes.length) {
      bytes = EMPTY; // Garbage before the larger array needs its room.
      bytes = new byte[roundUp(size)];
    }
    longValues.copy(chunk, bytes);
  }

  private static int roundUp(int size) {
    long rounded = SMALLEST_BYTES;
    while (rounded < size) {
      rounded *= 2;
    }
    return rounded <= KEPT_BYTES ? (int) rounded : size;
  }

  /** Whether the array is larger than usual. Then its readers, which may still refer to it, must go with it. */
  public boolean isLarge() {
    return bytes.length > KEPT_BYTES;
  }

  /** The array; the copy is its first {@link #size} bytes. Behind them are bytes of earlier chunks. */
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** Number of bytes of the chunk that the copy lacks between two of its offsets. */
  int cutBytes(int from, int to) {
    return longValues.cutBytes(from, to);
  }
}
