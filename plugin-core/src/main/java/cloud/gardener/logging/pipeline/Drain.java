package cloud.gardener.logging.pipeline;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/** Drains many targets in the time of one. */
final class Drain {
  private Drain() {}

  /** Returns when each target is drained or fails, or the time is over. */
  static void all(Collection<Target> targets, Duration grace) throws InterruptedException {
    long deadlineNs = System.nanoTime() + grace.toNanos();
    for (Target target : targets) {
      target.drain(Duration.ZERO); // Only begins.
    }
    for (Target target : targets) {
      long leftNs = deadlineNs - System.nanoTime();
      target.drain(Duration.of(Math.max(0, leftNs), TimeUnit.NANOSECONDS.toChronoUnit()));
    }
  }
}
