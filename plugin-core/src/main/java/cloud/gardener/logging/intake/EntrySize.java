package cloud.gardener.logging.intake;

import cloud.gardener.logging.config.BatchConfig;

/**
 * The maximum size of a queue entry. Each target may always hold one entry in memory, so that an unresponsive
 * backend blocks no other target. With hundreds of targets these entries must be small, or they fill the heap. A
 * larger single record is an entry of its own, up to {@link BatchConfig#MAX_BYTES}; beyond that, it is truncated.
 * The size of batches is not affected, because they join entries.
 */
final class EntrySize {
  /** Below this size, an entry's overhead and the resources of its records would be a large part of it. */
  static final int MIN_BYTES = 16 << 10;

  /** One entry per target may take this fraction of the heap (1/8), as may the other entries in memory. */
  private static final int HEAP_DIVISOR = 8;

  private EntrySize() {}

  /** The maximum size of an entry's request in bytes for this number of targets. */
  static int maxBytes(int targets) {
    return maxBytes(targets, Runtime.getRuntime().maxMemory());
  }

  static int maxBytes(int targets, long heapBytes) {
    long share = heapBytes / HEAP_DIVISOR / Math.max(1, targets);
    return (int) Math.min(BatchConfig.MAX_BYTES, Math.max(MIN_BYTES, share));
  }
}
