package cloud.gardener.logging.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.ThrottleConfig;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterTest {
  private long nowNanos = Long.MAX_VALUE - 5; // The clock runs over in every test.

  @Test
  void shouldLetTwoSecondsWorthGoAtOnce() {
    RateLimiter limiter = limiter(100);
    acquire(limiter, 150);
    acquire(limiter, 50);
    assertEquals(Duration.ofMillis(10), timeUntil(limiter, 1));
    assertEquals(Duration.ofMillis(500), timeUntil(limiter, 50));
  }

  @Test
  void shouldFillEvenlyAndNotBeyondTheBurst() {
    RateLimiter limiter = limiter(100);
    acquire(limiter, 200);
    advance(Duration.ofMillis(300));
    assertEquals(Duration.ZERO, timeUntil(limiter, 30));
    assertEquals(Duration.ofMillis(10), timeUntil(limiter, 31));
    advance(Duration.ofDays(1));
    acquire(limiter, 200);
    assertEquals(Duration.ofMillis(10), timeUntil(limiter, 1));
  }

  @Test
  void shouldLetABatchGoThatIsLargerThanTheBurst() {
    RateLimiter limiter = limiter(10);
    acquire(limiter, 256);
    // Its debt of 23.6 s, and then one record.
    assertEquals(Duration.ofMillis(23_700), timeUntil(limiter, 1));
    assertEquals(Duration.ofMillis(25_600), timeUntil(limiter, 256));
    advance(Duration.ofMillis(25_600));
    acquire(limiter, 256);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 256", "100, 256", "1000, 512", "77777, 5000", "2147483647, 2147483647"})
  void shouldKeepTheRateWhateverTheBatches(int rate, int largest) {
    RateLimiter limiter = limiter(rate);
    SplittableRandom random = new SplittableRandom(rate);
    long startNanos = nowNanos;
    long sent = 0;
    for (int i = 0; i < 10_000; i++) {
      int records = largest == 1 ? 1 : random.nextInt(1, largest);
      long waitNanos = limiter.nanosUntil(records);
      if (waitNanos > 0) {
        nowNanos += waitNanos - 1;
        assertTrue(limiter.nanosUntil(records) > 0, "early");
        nowNanos++;
      }
      acquire(limiter, records);
      sent += records;
    }
    double seconds = (nowNanos - startNanos) / 1e9;
    double allowed = rate * seconds + 2.0 * rate + largest;
    assertTrue(sent <= allowed, sent + " in " + seconds + " s");
    assertTrue(sent >= 0.99 * rate * seconds, sent + " in " + seconds + " s");
  }

  @Test
  void shouldWaitNoLongerForHavingBeenAsked() {
    RateLimiter limiter = limiter(100);
    acquire(limiter, 200);
    for (int i = 0; i < 100; i++) {
      assertEquals(Duration.ofMillis(10), timeUntil(limiter, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldKnowNoLimitWhereThereIsNone(boolean enabled) {
    RateLimiter limiter =
        new RateLimiter(new ThrottleConfig(enabled, enabled ? 0 : 1), () -> nowNanos);
    for (int i = 0; i < 1000; i++) {
      acquire(limiter, Integer.MAX_VALUE);
    }
  }

  private RateLimiter limiter(int recordsPerSecond) {
    return new RateLimiter(new ThrottleConfig(true, recordsPerSecond), () -> nowNanos);
  }

  private static void acquire(RateLimiter limiter, int records) {
    assertEquals(0, limiter.nanosUntil(records));
    limiter.acquire(records);
  }

  private static Duration timeUntil(RateLimiter limiter, int records) {
    return Duration.ofNanos(limiter.nanosUntil(records));
  }

  private void advance(Duration duration) {
    nowNanos += duration.toNanos();
  }
}
