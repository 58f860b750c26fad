package cloud.gardener.logging.export;

import cloud.gardener.logging.config.RetryConfig;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The pauses between a target's attempts.
 *
 * <p>A pause is random between half the interval and the interval. The interval starts at {@code initialInterval},
 * grows by half with each failure, and never exceeds {@code maxInterval}. Once {@code maxElapsedTime} has passed
 * since the first failure, each pause is {@code maxInterval}: nothing is ever given up. The jitter spreads the nodes
 * of a cluster after an outage of a shared backend; by the time that all pauses are {@code maxInterval}, the nodes
 * are spread.
 *
 * <p>A pause is never shorter than {@code notBefore}, the pause that the backend asked for.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
public final class Backoff {
  private static final double GROWTH = 1.5;

  private final RetryConfig config;
  private final LongSupplier nanoTime;
  private final DoubleSupplier jitter;
  private final long initialNanos;
  private final long maxNanos;
  private final long maxElapsedNanos;

  private boolean failing;
  private long firstFailureNanos;
  private long intervalNanos;

  /**
   * Starts without a failure.
   *
   * @param nanoTime a monotonic clock such as {@link System#nanoTime}
   * @param jitter random numbers, at least 0 and below 1
   */
  public Backoff(RetryConfig config, LongSupplier nanoTime, DoubleSupplier jitter) {
    this.config = config;
    this.nanoTime = nanoTime;
    this.jitter = jitter;
    this.initialNanos = saturatedNanos(config.initialInterval());
    this.maxNanos = saturatedNanos(config.maxInterval());
    this.maxElapsedNanos = saturatedNanos(config.maxElapsedTime());
  }

  /**
   * The pause after a failure without a pause from the backend.
   *
   * @return nanoseconds from now, above 0
   */
  public long nextDelayNanos() {
    final long nowNanos = nanoTime.getAsLong();
    if (!failing) {
      failing = true;
      firstFailureNanos = nowNanos;
      intervalNanos = Math.min(initialNanos, maxNanos);
    }
    if (!config.enabled() || nowNanos - firstFailureNanos >= maxElapsedNanos) {
      return maxNanos;
    }
    final double half = intervalNanos / 2.0;
    final long delayNanos = Math.max(1, (long) (half + half * jitter.getAsDouble()));
    intervalNanos = (long) Math.min(maxNanos, intervalNanos * GROWTH);
    return delayNanos;
  }

  /**
   * The pause after a failure.
   *
   * @param notBefore the pause that the backend asks for; zero for none
   * @return nanoseconds from now, above 0
   */
  public long nextDelayNanos(Duration notBefore) {
    return Math.max(nextDelayNanos(), saturatedNanos(notBefore));
  }

  /** A request succeeded: the next failure counts as the first. */
  public void reset() {
    failing = false;
  }

  private static long saturatedNanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }
}
