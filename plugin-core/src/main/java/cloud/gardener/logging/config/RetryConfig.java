package cloud.gardener.logging.config;

import java.time.Duration;

/**
 * Exponential backoff between attempts; nothing is dropped because of time.
 *
 * @param enabled false: the batch is tried each {@code maxInterval}
 * @param initialInterval the first pause, positive
 * @param maxInterval the longest pause, at least {@code initialInterval}
 * @param maxElapsedTime after it the pause stays at {@code maxInterval}; not negative
 */
public record RetryConfig(
    boolean enabled,
    Duration initialInterval,
    Duration maxInterval,
    Duration maxElapsedTime) {

  /** Checks the bounds. */
  public RetryConfig {
    Checks.that(initialInterval.toNanos() > 0, "initialInterval is positive");
    Checks.that(
        maxInterval.compareTo(initialInterval) >= 0, "maxInterval is at least initialInterval");
    Checks.that(!maxElapsedTime.isNegative(), "maxElapsedTime is not negative");
  }
}
