package cloud.gardener.logging.kubernetes;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The backoff between attempts: one second, then twice the last pause up to {@value #MOST_MS} ms. Each pause is
 * extended by up to one half at random, so that not all nodes of a seed return at once. Pauses stay short: a shoot that
 * is created while the API server recovers is known only when the next attempt succeeds. Not thread-safe.
 */
final class Pauses {
  private static final long FIRST_MS = 1_000;
  private static final long MOST_MS = 4_000;
  private static final int MOST_DOUBLINGS = 2;

  private final DoubleSupplier random;
  private int attempts;
  private boolean ended;

  /**
   * Creates a backoff.
   *
   * @param random returns 0 to 1
   */
  Pauses(DoubleSupplier random) {
    this.random = random;
  }

  Duration next() {
    long ms = Math.min(MOST_MS, FIRST_MS << Math.min(attempts, MOST_DOUBLINGS));
    attempts++;
    return Duration.ofMillis((long) (ms * (1 + random.getAsDouble() / 2)));
  }

  /** Returns no pause the first time: for an end that is not an error. */
  Duration nextAfterEnd() {
    if (!ended && attempts == 0) {
      ended = true;
      return Duration.ZERO;
    }
    return next();
  }

  /** Returns the pause that the API server requested, plus up to one second; the usual pause if that is null. */
  Duration next(Duration asked) {
    return asked == null ? next() : asked.plusMillis((long) (FIRST_MS * random.getAsDouble()));
  }

  void reset() {
    attempts = 0;
    ended = false;
  }
}
