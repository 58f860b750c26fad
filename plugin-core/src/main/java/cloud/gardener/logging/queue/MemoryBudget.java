package cloud.gardener.logging.queue;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of entries that all queues of one output may hold in memory together.
 *
 * <p>Targets whose backends are dead hold on to what they were about to send, and must not take the
 * memory from the others. So a queue may hold only as much as is still free for everybody: one alone
 * gets half of all, eleven get a twelfth each, and there is always something left for the next.
 *
 * <p>Thread-safe, lock-free.
 */
final class MemoryBudget {
  private final long maxBytes;
  private final AtomicLong used = new AtomicLong();

  MemoryBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes {@code bytes} for a queue that holds {@code own} already, if its share allows. */
  boolean take(long own, long bytes) {
    for (long now = used.get(); own + bytes <= maxBytes - now; now = used.get()) {
      if (used.compareAndSet(now, now + bytes)) {
        return true;
      }
    }
    return false;
  }

  /** Takes (or with a negative number gives back) {@code bytes} in any case. */
  void add(long bytes) {
    used.addAndGet(bytes);
  }

  long used() {
    return used.get();
  }
}
