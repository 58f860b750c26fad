package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.intake.Target;
import java.time.Duration;
import java.util.Collection;
import java.util.function.LongSupplier;

/** Drains many targets concurrently, within the grace of one. */
final class Drain {
  private Drain() {}

  /** Returns when each target is drained or fails, or the time is over. */
  static void all(Collection<Target> targets, Duration grace, LongSupplier nanoTime)
      throws InterruptedException {
    long deadlineNs = nanoTime.getAsLong() + grace.toNanos();
    for (Target target : targets) {
      target.drain(Duration.ZERO); // Only starts the drain.
    }
    for (Target target : targets) {
      long remainingNs = deadlineNs - nanoTime.getAsLong();
      target.drain(Duration.ofNanos(Math.max(0, remainingNs)));
    }
  }
}
