package cloud.gardener.logging.queue;

import cloud.gardener.logging.queue.segment.SegmentFolder;
import java.io.IOException;

/**
 * The disk space of one queue, in whole blocks of its segments, including quarantined files. An append reserves its
 * upper bound before it writes, so the limits hold at any moment.
 *
 * <p>Guarded by the queue's lock, except for {@link #used} and {@link #hasRoom}.
 */
final class DiskSpace {
  private final long maxBytes;
  private final DiskBudget output;
  private volatile long used;
  private volatile long quarantined;

  DiskSpace(long maxBytes, DiskBudget output) {
    this.maxBytes = maxBytes;
    this.output = output;
  }

  /** Whether {@code bytes} fit within both bounds. */
  boolean hasRoom(long bytes) {
    return hasRoomAfterFreeing(0, bytes);
  }

  /** Whether {@code bytes} fit once {@code freed} bytes are released. */
  boolean hasRoomAfterFreeing(long freed, long bytes) {
    return fits(used - freed, bytes) && output.hasRoomAfterFreeing(freed, bytes);
  }

  /** Reserves {@code bytes} of both bounds, if they fit. */
  boolean reserve(long bytes) {
    return fits(used, bytes) && output.tryAcquire(bytes);
  }

  /** A queue that holds nothing accepts even more than its bound: such an append could never succeed otherwise. */
  private boolean fits(long current, long bytes) {
    return current + bytes <= maxBytes || (bytes > maxBytes && current == quarantined);
  }

  /** Ends a reservation, of which {@code usedBytes} are now in use. */
  void commit(long reserved, long usedBytes) {
    used += usedBytes;
    output.adjust(usedBytes - reserved);
  }

  /** Takes {@code bytes}, or releases them when negative, regardless of the bounds. */
  void adjust(long bytes) {
    commit(0, bytes);
  }

  /** Measures the quarantined files: some may be new, and somebody may have deleted others. */
  void measureQuarantine(SegmentFolder folder) {
    try {
      long now = folder.quarantinedBytes();
      adjust(now - quarantined);
      quarantined = now;
    } catch (IOException e) {
      // The previous measurement stays in place.
    }
  }

  long quarantined() {
    return quarantined;
  }

  long maxBytes() {
    return maxBytes;
  }

  long used() {
    return used;
  }
}
