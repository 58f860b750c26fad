package cloud.gardener.logging.queue;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that all queues of one output may hold on disk together. Thread-safe, lock-free. */
final class DiskBudget {
  private final long maxBytes;
  private final AtomicLong used = new AtomicLong();

  DiskBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  boolean hasRoomAfterFreeing(long freed, long bytes) {
    return fits(used.get() - freed, bytes);
  }

  /** Takes {@code bytes} if they fit. */
  boolean tryAcquire(long bytes) {
    for (long current = used.get(); fits(current, bytes); current = used.get()) {
      if (used.compareAndSet(current, current + bytes)) {
        return true;
      }
    }
    return false;
  }

  /** An empty budget accepts even more than its bound: such an append could never succeed otherwise. */
  private boolean fits(long current, long bytes) {
    return current + bytes <= maxBytes || current == 0;
  }

  /** Takes {@code bytes}, or releases them when negative, regardless of the bound. */
  void adjust(long bytes) {
    used.addAndGet(bytes);
  }

  long used() {
    return used.get();
  }
}
