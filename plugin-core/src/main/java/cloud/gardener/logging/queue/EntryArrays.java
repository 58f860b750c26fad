package cloud.gardener.logging.queue;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The arrays of entries that nobody uses any more, for entries to come. Each record would otherwise take twice its size
 * of the heap, once for the append and once for a read, and most of the collector's work would be to move these arrays.
 *
 * <p>Keeps at most {@link #MAX_BYTES}: an array above that replaces those of other lengths first. Keeps nothing when memory
 * is short or no array was taken for a while: the arrays are softly reachable.
 *
 * <p>Thread-safe, lock-free.
 */
final class EntryArrays {
  /** Those of the process: one heap serves all outputs. */
  static final EntryArrays SHARED = new EntryArrays();

  /** Limit of the bytes that are kept: a chunk of 2 MiB for each of Gardener's two outputs. */
  static final int MAX_BYTES = 4 << 20;

  /** Shorter arrays are not kept. */
  static final int MIN_BYTES = 4 << 10;

  /** Arrays have one of eight lengths between a power of two and the next, so that more of them fit again. */
  private static final int LENGTHS = 8;

  /** The shift of {@link #LENGTHS} for the shortest length. */
  private static final int MIN_SHIFT = Integer.numberOfTrailingZeros(MIN_BYTES / LENGTHS);

  /** As many as there are lengths up to the limit. */
  private static final int QUEUES = lengthIndex(MAX_BYTES) + 1;

  /** A queue for each length. */
  private static final class Shelf {
    final List<Queue<byte[]>> queues = new ArrayList<>(QUEUES);
    final AtomicInteger bytes = new AtomicInteger();

    Shelf() {
      for (int i = 0; i < QUEUES; i++) {
        queues.add(new ConcurrentLinkedQueue<>());
      }
    }

    byte[] poll(int index) {
      byte[] array = queues.get(index).poll();
      if (array != null) {
        bytes.addAndGet(-array.length);
      }
      return array;
    }

    void add(int index, byte[] array) {
      queues.get(index).add(array);
      bytes.addAndGet(array.length);
      // After a change of the load, nobody takes the lengths that it had before.
      for (int i = 1; i <= QUEUES && bytes.get() > MAX_BYTES; i++) {
        int other = (index + i) % QUEUES;
        while (bytes.get() > MAX_BYTES && poll(other) != null) {
          // The collector has it now.
        }
      }
    }
  }

  // Two threads may create a shelf at the same time: the arrays of one of them are then not used again.
  private volatile SoftReference<Shelf> current = new SoftReference<>(null);

  /** An array of {@code length} bytes or up to twice as many, with any content. */
  byte[] take(int length) {
    if (length < MIN_BYTES || length > MAX_BYTES) {
      return new byte[length];
    }
    int shortest = lengthIndex(length);
    if (lengthAt(shortest) < length) {
      shortest++;
    }
    Shelf shelf = current.get();
    for (int i = shortest; shelf != null && i < Math.min(shortest + LENGTHS, QUEUES); i++) {
      byte[] array = shelf.poll(i);
      if (array != null) {
        return array;
      }
    }
    return new byte[lengthAt(shortest)];
  }

  /**
   * Keeps an array that its last user has released, if its length is within the limits. Throws nothing when memory is
   * short: what its user has done is done.
   */
  void give(byte[] array) {
    if (array.length < MIN_BYTES || array.length > MAX_BYTES) {
      return;
    }
    try {
      Shelf shelf = current.get();
      if (shelf == null) {
        shelf = new Shelf();
        current = new SoftReference<>(shelf);
      }
      shelf.add(lengthIndex(array.length), array);
    } catch (OutOfMemoryError e) {
      // The collector takes the array, which is what is needed now.
    }
  }

  /** The index of the longest length that is not above {@code length}. */
  private static int lengthIndex(int length) {
    int shift = Integer.numberOfTrailingZeros(Integer.highestOneBit(length) / LENGTHS);
    return (shift - MIN_SHIFT) * LENGTHS + (length >> shift) - LENGTHS;
  }

  private static int lengthAt(int index) {
    return (LENGTHS + index % LENGTHS) << (index / LENGTHS + MIN_SHIFT);
  }
}
