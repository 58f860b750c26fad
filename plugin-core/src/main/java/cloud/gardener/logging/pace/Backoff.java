package cloud.gardener.logging.pace;

import cloud.gardener.logging.config.RetryConfig;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The growing pauses between attempts. They are partly random: the jitter spreads the nodes of a cluster after an
 * outage of what they share. There is always a next attempt: a pause is at most the maximum and its random part.
 *
 * <p>Not thread-safe: owned by what makes the attempts.
 */
public final class Backoff {
  private static final double GROWTH_FACTOR = 1.5;

  private final Growth growth;
  private final LongSupplier nanoTime;
  private final DoubleSupplier jitter;

  private boolean failing;
  private boolean ended;
  private long firstFailureNanos;
  private double shortestNanos;

  /**
   * How pauses grow. Each pause has a shortest length, and may be longer at random.
   *
   * @param first the shortest length of the first pause
   * @param factor by which the next pause is longer
   * @param max limit of the shortest length, at least {@code first}
   * @param spread the random part: a pause is at most {@code 1 + spread} times its shortest length
   * @param time since the first failure; after it each pause is the longest, without jitter
   */
  public record Growth(Duration first, double factor, Duration max, double spread, Duration time) {}

  /** Starts without a failure. A pause is random between half the interval, which grows by half, and the interval. */
  public Backoff(RetryConfig config, LongSupplier nanoTime, DoubleSupplier jitter) {
    this(
        new Growth(
            half(config.initialInterval()),
            GROWTH_FACTOR,
            half(config.maxInterval()),
            1,
            config.enabled() ? config.maxElapsedTime() : Duration.ZERO),
        nanoTime,
        jitter);
  }

  /**
   * Starts without a failure.
   *
   * @param nanoTime a monotonic clock such as {@link System#nanoTime}
   * @param jitter random numbers, 0 to 1
   */
  public Backoff(Growth growth, LongSupplier nanoTime, DoubleSupplier jitter) {
    this.growth = growth;
    this.nanoTime = nanoTime;
    this.jitter = jitter;
  }

  /**
   * The pause after a failure.
   *
   * @return nanoseconds from now, above 0
   */
  public long nextDelayNanos() {
    final long nowNanos = nanoTime.getAsLong();
    if (!failing) {
      failing = true;
      firstFailureNanos = nowNanos;
      shortestNanos = growth.first().toNanos();
    }
    final long maxNanos = growth.max().toNanos();
    if (nowNanos - firstFailureNanos >= saturatedNanos(growth.time())) {
      return (long) (maxNanos * (1 + growth.spread()));
    }
    final double randomNanos = shortestNanos * growth.spread() * jitter.getAsDouble();
    final long delayNanos = Math.max(1, (long) (shortestNanos + randomNanos));
    shortestNanos = Math.min(maxNanos, shortestNanos * growth.factor());
    return delayNanos;
  }

  /**
   * The pause after a failure, for a peer that says until when it cannot serve anything.
   *
   * @param notBefore the least pause; zero for none
   * @return nanoseconds from now, above 0
   */
  public long nextDelayNanos(Duration notBefore) {
    return Math.max(nextDelayNanos(), saturatedNanos(notBefore));
  }

  /**
   * The pause after a failure, for a peer that says when to come back: no more than it asks for, apart from jitter. It
   * does not count as an attempt, so pauses do not grow.
   *
   * @param requested the pause; null if the peer asks for none
   * @return nanoseconds from now, above 0
   */
  public long requestedDelayNanos(Duration requested) {
    return requested == null
        ? nextDelayNanos()
        : saturatedNanos(requested) + (long) (growth.first().toNanos() * jitter.getAsDouble());
  }

  /** The pause after an end that is not a failure unless it happens again: none the first time, in nanoseconds. */
  public long delayAfterEndNanos() {
    if (!ended && !failing) {
      ended = true;
      return 0;
    }
    return nextDelayNanos();
  }

  /** An attempt succeeded: the next failure counts as the first. */
  public void reset() {
    failing = false;
    ended = false;
  }

  /** Not by {@link Duration#dividedBy}, which would load BigDecimal at each start. */
  private static Duration half(Duration duration) {
    return Duration.ofNanos(duration.toNanos() / 2);
  }

  private static long saturatedNanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }
}
