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
    return hasRoomOnceFreed(0, bytes);
  }

  /** Whether {@code bytes} fit once {@code freed} bytes are released. */
  boolean hasRoomOnceFreed(long freed, long bytes) {
    return fits(used - freed, bytes) && output.hasRoomOnceFreed(freed, bytes);
  }

  /** Reserves {@code bytes} of both bounds, if they fit. */
  boolean reserve(long bytes) {
    return fits(used, bytes) && output.take(bytes);
  }

  /** A queue that holds nothing accepts even more than its bound: such an append could never succeed otherwise. */
  private boolean fits(long now, long bytes) {
    return now + bytes <= maxBytes || (bytes > maxBytes && now == quarantined);
  }

  /** Ends a reservation, of which {@code taken} bytes are now in use. */
  void settle(long reserved, long taken) {
    used += taken;
    output.add(taken - reserved);
  }

  /** Takes {@code bytes}, or releases them when negative, regardless of the bounds. */
  void use(long bytes) {
    settle(0, bytes);
  }

  /** Measures the quarantined files: some may be new, and somebody may have deleted others. */
  void measureQuarantine(SegmentFolder folder) {
    try {
      long now = folder.quarantinedBytes();
      use(now - quarantined);
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
