package cloud.gardener.logging.pace;

import cloud.gardener.logging.config.ThrottleConfig;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits a client's rate in records per second, with bursts of twice that number. It is a token bucket that holds
 * the tokens of two seconds.
 *
 * <p>It only delays. A batch that is larger than the bucket is sent when the bucket is full. It leaves a debt that
 * delays the next batch, so the limit holds in the long run for any batch size. Records that are sent again count
 * again.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
public final class RateLimiter {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long BUCKET_NANOS = 2 * SECOND_NANOS;

  private final LongSupplier nanoTime;
  private final long recordsPerSecond;

  /** Time at which the bucket is full if nothing is sent until then. */
  private long fullNanos;

  /**
   * Starts with a full bucket.
   *
   * @param config the limit; none when it is disabled or 0
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
   * @param records number of records in one request, at least 1
   * @return nanoseconds from now; 0 when they need not wait
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
   * Counts records that are being sent. Requires that {@link #nanosUntil} returns 0 for them.
   *
   * @param records number of records in one request, at least 1
   */
  public void acquire(int records) {
    if (recordsPerSecond == 0) {
      return;
    }
    final long nowNanos = nanoTime.getAsLong();
    final long missingNanos = Math.max(0, fullNanos - nowNanos);
    fullNanos = nowNanos + missingNanos + costNanos(records);
  }

  /** The time to refill that many tokens, rounded up so that the limit is never exceeded. */
  private long costNanos(int records) {
    return (records * SECOND_NANOS + recordsPerSecond - 1) / recordsPerSecond;
  }
}
