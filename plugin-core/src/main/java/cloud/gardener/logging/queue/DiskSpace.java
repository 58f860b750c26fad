package cloud.gardener.logging.queue;

import cloud.gardener.logging.queue.segment.SegmentFolder;
import java.io.IOException;

/**
 * What one queue takes on disk: whole blocks of its segments, quarantined files included. An append
 * reserves what it needs at most before it writes, so the bounds hold at any moment.
 *
 * <p>Guarded by the queue's lock, but for {@link #used} and {@link #hasRoom}.
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

  /** Whether {@code bytes} more fit below both bounds. */
  boolean hasRoom(long bytes) {
    return hasRoomOnceFreed(0, bytes);
  }

  /** Whether {@code bytes} more fit when the queue has freed what is told. */
  boolean hasRoomOnceFreed(long freed, long bytes) {
    return fits(used - freed, bytes) && output.hasRoomOnceFreed(freed, bytes);
  }

  /** Reserves {@code bytes} of both bounds, if they fit. */
  boolean reserve(long bytes) {
    return fits(used, bytes) && output.take(bytes);
  }

  /** A queue that holds nothing takes even what is larger than its bound: nobody else could. */
  private boolean fits(long now, long bytes) {
    return now + bytes <= maxBytes || (bytes > maxBytes && now == quarantined);
  }

  /** Ends a reservation, of which {@code taken} bytes are in use now. */
  void settle(long reserved, long taken) {
    used += taken;
    output.add(taken - reserved);
  }

  /** Takes (or with a negative number gives back) {@code bytes} in any case. */
  void use(long bytes) {
    settle(0, bytes);
  }

  /** Looks what quarantined files take: some may be new, and somebody may have deleted others. */
  void measureQuarantine(SegmentFolder folder) {
    try {
      long now = folder.quarantinedBytes();
      use(now - quarantined);
      quarantined = now;
    } catch (IOException e) {
      // They count as before.
    }
  }

  long quarantined() {
    return quarantined;
  }

  long used() {
    return used;
  }
}
