package cloud.gardener.logging.queue;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that all queues of one output may hold on disk together. Thread-safe, lock-free. */
public final class DiskBudget {
  private final long maxBytes;
  private final AtomicLong used = new AtomicLong();

  public DiskBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  boolean hasRoom() {
    return used.get() < maxBytes;
  }

  void add(long bytes) {
    used.addAndGet(bytes);
  }

  /** Bytes in use. */
  public long used() {
    return used.get();
  }
}
