package cloud.gardener.logging.kubernetes;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The pauses between attempts: a second, then twice the last one, half a minute at most, each longer by
 * up to a half at random, so that not all nodes of a seed come back at once. Not thread-safe.
 */
final class Pauses {
  private static final long FIRST_MS = 1_000;
  private static final int MOST_DOUBLINGS = 5;
  private static final long MOST_MS = 30_000;

  private final DoubleSupplier random;
  private int attempts;

  /**
   * Pauses.
   *
   * @param random from 0 to 1
   */
  Pauses(DoubleSupplier random) {
    this.random = random;
  }

  Duration next() {
    long ms = Math.min(MOST_MS, FIRST_MS << Math.min(attempts, MOST_DOUBLINGS));
    attempts++;
    return Duration.ofMillis((long) (ms * (1 + random.getAsDouble() / 2)));
  }

  /** None the first time: for what ends without anything being wrong. */
  Duration nextAfterEnd() {
    if (attempts == 0) {
      attempts = 1;
      return Duration.ZERO;
    }
    return next();
  }

  void reset() {
    attempts = 0;
  }
}
