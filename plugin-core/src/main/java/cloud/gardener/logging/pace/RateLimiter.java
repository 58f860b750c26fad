package cloud.gardener.logging.pace;

import cloud.gardener.logging.config.ThrottleConfig;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A token bucket: limits a rate, and allows bursts of as many tokens as the bucket holds. A token is a record that a
 * client sends, or a query.
 *
 * <p>It only delays. A request for more tokens than the bucket holds is due when the bucket is full. It leaves a debt
 * that delays the next request, so the limit holds in the long run for requests of any size. Records that are sent
 * again count again.
 *
 * <p>Not thread-safe.
 */
public final class RateLimiter {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A client may send the records of so many seconds at once. */
  private static final int CLIENT_BURST_SECONDS = 2;

  private final LongSupplier nanoTime;
  private final long tokensPerSecond;
  private final long bucketNanos;

  /** Time at which the bucket is full if nothing is sent until then. */
  private long fullNanos;

  /**
   * Limits a client's records per second, with bursts of twice that number. Starts with a full bucket.
   *
   * @param config the limit; none when it is disabled or 0
   * @param nanoTime a monotonic clock such as {@link System#nanoTime}
   */
  public RateLimiter(ThrottleConfig config, LongSupplier nanoTime) {
    this(config.enabled() ? config.recordsPerSecond() : 0, CLIENT_BURST_SECONDS, nanoTime);
  }

  /**
   * Starts with a full bucket.
   *
   * @param tokensPerSecond the rate; 0 for no limit
   * @param burstSeconds the bucket holds the tokens of so many seconds
   * @param nanoTime a monotonic clock such as {@link System#nanoTime}
   */
  public RateLimiter(int tokensPerSecond, int burstSeconds, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.tokensPerSecond = tokensPerSecond;
    this.bucketNanos = burstSeconds * SECOND_NANOS;
    this.fullNanos = nanoTime.getAsLong();
  }

  /**
   * How long a request for these tokens must wait.
   *
   * @param tokens at least 1
   * @return nanoseconds from now; 0 when they need not wait
   */
  public long nanosUntil(int tokens) {
    if (tokensPerSecond == 0) {
      return 0;
    }
    final long missingNanos = Math.max(0, fullNanos - nanoTime.getAsLong());
    final long neededNanos = Math.min(bucketNanos, costNanos(tokens));
    return Math.max(0, missingNanos + neededNanos - bucketNanos);
  }

  /**
   * Takes tokens. Requires that {@link #nanosUntil} returns 0 for them.
   *
   * @param tokens at least 1
   */
  public void acquire(int tokens) {
    if (tokensPerSecond == 0) {
      return;
    }
    final long nowNanos = nanoTime.getAsLong();
    final long missingNanos = Math.max(0, fullNanos - nowNanos);
    fullNanos = nowNanos + missingNanos + costNanos(tokens);
  }

  /** The time to refill that many tokens, rounded up so that the limit is never exceeded. */
  private long costNanos(int tokens) {
    return (tokens * SECOND_NANOS + tokensPerSecond - 1) / tokensPerSecond;
  }
}
