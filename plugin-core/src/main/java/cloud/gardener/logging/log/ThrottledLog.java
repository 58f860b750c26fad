package cloud.gardener.logging.log;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Logs at most one line a minute about a repeating event, with the number of suppressed lines. Thread-safe. */
public final class ThrottledLog {
  private static final long PAUSE_NS = TimeUnit.MINUTES.toNanos(1);

  private final Logger log;
  private final Level level;
  private final LongSupplier nanoTime;
  private final AtomicLong nextNs;
  private final AtomicLong suppressed = new AtomicLong();

  public ThrottledLog(Logger log, Level level) {
    this(log, level, System::nanoTime);
  }

  ThrottledLog(Logger log, Level level, LongSupplier nanoTime) {
    this.log = log;
    this.level = level;
    this.nanoTime = nanoTime;
    this.nextNs = new AtomicLong(nanoTime.getAsLong());
  }

  public void log(Supplier<String> line) {
    log(null, line);
  }

  /**
   * The same with the stack trace of a defect.
   *
   * @param defect null for none
   */
  public void log(Throwable defect, Supplier<String> line) {
    long nowNs = nanoTime.getAsLong();
    long dueNs = nextNs.get();
    if (nowNs - dueNs < 0 || !nextNs.compareAndSet(dueNs, nowNs + PAUSE_NS)) {
      suppressed.incrementAndGet();
      return;
    }
    long suppressedBefore = suppressed.getAndSet(0);
    log.log(
        level,
        defect,
        () -> suppressedBefore == 0 ? line.get() : line.get() + " (and " + suppressedBefore + " times before)");
  }
}
