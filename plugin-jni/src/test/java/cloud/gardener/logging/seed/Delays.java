package cloud.gardener.logging.seed;

import java.util.concurrent.TimeUnit;

/** How long records took, in steps of 10 ms, up to ten minutes. Not thread-safe. */
final class Delays {
  private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int STEPS = 60_000;

  private final long[] counts = new long[STEPS];
  private long total;

  void add(long delayNs) {
    counts[(int) Math.min(STEPS - 1, delayNs / STEP_NS)]++;
    total++;
  }

  /** What this share of the records did not exceed, in seconds; 0 before the first. */
  double quantileSeconds(double share) {
    long wanted = (long) Math.ceil(share * total);
    long sum = 0;
    for (int i = 0; i < STEPS && total > 0; i++) {
      sum += counts[i];
      if (sum >= wanted) {
        return (i + 1) * STEP_NS / 1e9;
      }
    }
    return 0;
  }
}
