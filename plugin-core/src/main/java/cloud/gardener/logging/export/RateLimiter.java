package cloud.gardener.logging.export;

import cloud.gardener.logging.config.ThrottleConfig;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits what one client sends to so many records a second, twice as many in a burst: a bucket that
 * holds the records of two seconds and fills evenly.
 *
 * <p>It only ever delays. A batch that is larger than the bucket goes when the bucket is full and
 * leaves a debt, which the next one waits for, so that in the long run the limit holds whatever the
 * batches are. What is sent again counts again.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
public final class RateLimiter {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long BUCKET_NANOS = 2 * SECOND_NANOS;

  private final LongSupplier nanoTime;
  private final long recordsPerSecond;

  /** When the bucket is full, if nothing is sent until then. */
  private long fullNanos;

  /**
   * Starts with a full bucket.
   *
   * @param config the limit; where it is off or 0 there is none
   * @param nanoTime a monotonic clock such as {@link System#nanoTime}
   */
  public RateLimiter(ThrottleConfig config, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.recordsPerSecond = config.enabled() ? config.recordsPerSecond() : 0;
    this.fullNanos = nanoTime.getAsLong();
  }

  /**
   * How long these records must wait.
   *
   * @param records of one request, at least 1
   * @return nanoseconds from now; 0 for none
   */
  public long nanosUntil(int records) {
    if (recordsPerSecond == 0) {
      return 0;
    }
    final long missingNanos = Math.max(0, fullNanos - nanoTime.getAsLong());
    final long neededNanos = Math.min(BUCKET_NANOS, costNanos(records));
    return Math.max(0, missingNanos + neededNanos - BUCKET_NANOS);
  }

  /**
   * Counts records that are being sent. To be called when {@link #nanosUntil} is 0 for them.
   *
   * @param records of one request, at least 1
   */
  public void take(int records) {
    if (recordsPerSecond == 0) {
      return;
    }
    final long nowNanos = nanoTime.getAsLong();
    final long missingNanos = Math.max(0, fullNanos - nowNanos);
    fullNanos = nowNanos + missingNanos + costNanos(records);
  }

  /** How long it takes to fill in that many; rounded up, so that the limit is never passed. */
  private long costNanos(int records) {
    return (records * SECOND_NANOS + recordsPerSecond - 1) / recordsPerSecond;
  }
}
