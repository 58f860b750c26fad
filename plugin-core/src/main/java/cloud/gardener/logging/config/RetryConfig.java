package cloud.gardener.logging.config;

import cloud.gardener.logging.config.value.RefusedPolicy;
import java.time.Duration;

/**
 * Exponential backoff between attempts, which never drops a batch because of its age, and the handling of final
 * rejections.
 *
 * @param enabled false: each pause is {@code maxInterval}
 * @param initialInterval the first pause, positive
 * @param maxInterval the longest pause, at least {@code initialInterval}
 * @param maxElapsedTime after it, the pause stays at {@code maxInterval}; not negative
 * @param refusedPolicy what happens to records that the backend rejects permanently
 */
public record RetryConfig(
    boolean enabled,
    Duration initialInterval,
    Duration maxInterval,
    Duration maxElapsedTime,
    RefusedPolicy refusedPolicy) {

  /** Checks the bounds. */
  public RetryConfig {
    Checks.require(initialInterval.toNanos() > 0, "initialInterval is positive");
    Checks.require(
        maxInterval.compareTo(initialInterval) >= 0, "maxInterval is at least initialInterval");
    Checks.require(!maxElapsedTime.isNegative(), "maxElapsedTime is not negative");
  }
}
