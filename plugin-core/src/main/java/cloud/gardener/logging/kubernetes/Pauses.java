package cloud.gardener.logging.kubernetes;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The pauses between attempts: a second, then twice the last one, {@value #MOST_MS} ms at most, each longer by
 * up to a half at random, so that not all nodes of a seed come back at once. They stay short: a shoot that is
 * made while the API server comes back is known when the next attempt succeeds. Not thread-safe.
 */
final class Pauses {
  private static final long FIRST_MS = 1_000;
  private static final long MOST_MS = 4_000;
  private static final int MOST_DOUBLINGS = 2;

  private final DoubleSupplier random;
  private int attempts;
  private boolean ended;

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
    if (!ended && attempts == 0) {
      ended = true;
      return Duration.ZERO;
    }
    return next();
  }

  /** The one that the API server has asked for, and up to a second more; the usual one where that is null. */
  Duration next(Duration asked) {
    return asked == null ? next() : asked.plusMillis((long) (FIRST_MS * random.getAsDouble()));
  }

  void reset() {
    attempts = 0;
    ended = false;
  }
}
