package cloud.gardener.logging.queue;

import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The arrays of entries that nobody uses any more, for entries to come. At full speed each record would otherwise take
 * twice its size of the heap, once for the append and once for a read, and most of the collector's work would be to
 * move these arrays.
 *
 * <p>Keeps at most {@link #MAX_BYTES}, and nothing when memory is short or no array was taken for a while: the arrays
 * are softly reachable.
 *
 * <p>Thread-safe, lock-free.
 */
final class EntryArrays {
  /** Those of the process: one heap serves all outputs. */
  static final EntryArrays SHARED = new EntryArrays();

  /** Limit of the bytes that are kept: a chunk of 2 MiB for each of Gardener's two outputs. */
  static final int MAX_BYTES = 4 << 20;

  /** Smaller arrays are not kept. The larger ones have lengths in these steps, so that more of them fit again. */
  static final int STEP_BYTES = 16 << 10;

  private static final int SLOTS = 64;

  private static final class Shelf {
    final AtomicReferenceArray<byte[]> slots = new AtomicReferenceArray<>(SLOTS);
    final AtomicInteger bytes = new AtomicInteger();
  }

  // Two threads may create a shelf at the same time: the arrays of one of them are then not used again.
  private volatile SoftReference<Shelf> current = new SoftReference<>(null);

  /** An array of {@code length} bytes or up to twice as many, with any content. */
  byte[] take(int length) {
    if (length < STEP_BYTES) {
      return new byte[length];
    }
    Shelf shelf = current.get();
    for (int i = 0; shelf != null && i < SLOTS; i++) {
      byte[] array = shelf.slots.get(i);
      if (array != null
          && array.length >= length
          && array.length / 2 <= length
          && shelf.slots.compareAndSet(i, array, null)) {
        shelf.bytes.addAndGet(-array.length);
        return array;
      }
    }
    return new byte[(length + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES];
  }

  /** Keeps an array that its last user has released, if there is room. */
  void give(byte[] array) {
    if (array.length < STEP_BYTES) {
      return;
    }
    Shelf shelf = current.get();
    if (shelf == null) {
      shelf = new Shelf();
      current = new SoftReference<>(shelf);
    }
    if (shelf.bytes.addAndGet(array.length) <= MAX_BYTES) {
      for (int i = 0; i < SLOTS; i++) {
        if (shelf.slots.compareAndSet(i, null, array)) {
          return;
        }
      }
    }
    shelf.bytes.addAndGet(-array.length);
  }
}
