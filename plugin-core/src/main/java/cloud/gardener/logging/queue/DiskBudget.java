package cloud.gardener.logging.queue;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that all queues of one output may hold on disk together. Thread-safe, lock-free. */
final class DiskBudget {
  private final long maxBytes;
  private final AtomicLong used = new AtomicLong();

  DiskBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  boolean hasRoomOnceFreed(long freed, long bytes) {
    return fits(used.get() - freed, bytes);
  }

  /** Takes {@code bytes} if they fit. */
  boolean take(long bytes) {
    for (long now = used.get(); fits(now, bytes); now = used.get()) {
      if (used.compareAndSet(now, now + bytes)) {
        return true;
      }
    }
    return false;
  }

  /** An empty budget accepts even more than its bound: such an append could never succeed otherwise. */
  private boolean fits(long now, long bytes) {
    return now + bytes <= maxBytes || now == 0;
  }

  /** Takes {@code bytes}, or releases them when negative, regardless of the bound. */
  void add(long bytes) {
    used.addAndGet(bytes);
  }

  long used() {
    return used.get();
  }
}
