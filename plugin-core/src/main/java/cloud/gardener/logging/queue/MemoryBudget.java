package cloud.gardener.logging.queue;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of entries that all queues of one output may hold in memory together.
 *
 * <p>Targets whose backends do not respond hold on to the entries they were about to send, and must not starve the
 * others. So a queue may hold only as much as is still free: a single one gets half of the total, eleven get a
 * twelfth each, and some is always left for the next.
 *
 * <p>Thread-safe, lock-free.
 */
final class MemoryBudget {
  private final long maxBytes;
  private final AtomicLong used = new AtomicLong();

  MemoryBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes {@code bytes} for a queue that already holds {@code own} bytes, if its share allows. */
  boolean tryAcquire(long own, long bytes) {
    for (long current = used.get(); own + bytes <= maxBytes - current; current = used.get()) {
      if (used.compareAndSet(current, current + bytes)) {
        return true;
      }
    }
    return false;
  }

  /** Takes {@code bytes}, or releases them when negative, regardless of the bound. */
  void adjust(long bytes) {
    used.addAndGet(bytes);
  }

  long used() {
    return used.get();
  }
}
