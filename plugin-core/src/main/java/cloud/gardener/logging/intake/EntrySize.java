package cloud.gardener.logging.intake;

import cloud.gardener.logging.config.BatchConfig;

/**
 * How large a queue entry may be. Each target may always hold one entry in memory, so that a backend that
 * hangs keeps no other from its turn; with hundreds of targets these must be small, or they are the heap.
 * A record that alone is larger is an entry of its own, up to {@link BatchConfig#MAX_BYTES}: beyond that, it
 * is cut. Batches are joined from entries, and do not shrink.
 */
final class EntrySize {
  /** Below it the bytes around an entry, and the records' resources in it, would be much of it. */
  static final int LEAST_BYTES = 16 << 10;

  /** Of the heap: what the queues hold beyond one entry each is as much. */
  private static final int SHARE_OF_HEAP = 8;

  private EntrySize() {}

  /** The most bytes of an entry's request where there are so many targets. */
  static int maxBytes(int targets) {
    return maxBytes(targets, Runtime.getRuntime().maxMemory());
  }

  static int maxBytes(int targets, long heapBytes) {
    long share = heapBytes / SHARE_OF_HEAP / Math.max(1, targets);
    return (int) Math.min(BatchConfig.MAX_BYTES, Math.max(LEAST_BYTES, share));
  }
}
