package cloud.gardener.logging.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.RetryConfig;
import cloud.gardener.logging.config.value.RefusedPolicy;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final double NO_JITTER = 1;
  private static final RetryConfig CONFIG =
      new RetryConfig(
          true, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(1), RefusedPolicy.KEEP);

  private long nowNanos = Long.MAX_VALUE - 10;
  private double jitter = NO_JITTER;

  @Test
  void shouldGrowByHalfUpToTheLongestPause() {
    Backoff backoff = backoff(CONFIG);
    assertEquals("5.0 7.5 11.25 16.875 25.3125 30.0 30.0", joined(seconds(backoff, 7)));
  }

  @Test
  void shouldSpreadEachPauseOverItsUpperHalf() {
    jitter = 0;
    assertEquals(2.5, seconds(backoff(CONFIG).nextDelayNanos()));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      jitter = random.nextDouble();
      double pause = seconds(backoff(CONFIG).nextDelayNanos());
      assertTrue(pause >= 2.5 && pause <= 5, "" + pause);
    }
  }

  @Test
  void shouldStayAtTheLongestPauseOnceTheTimeIsOver() {
    Backoff backoff = backoff(CONFIG);
    backoff.nextDelayNanos();
    nowNanos += Duration.ofSeconds(59).toNanos();
    assertEquals(7.5, seconds(backoff.nextDelayNanos()));
    nowNanos += Duration.ofSeconds(1).toNanos();
    for (int i = 0; i < 100; i++) {
      nowNanos += Duration.ofHours(1).toNanos();
      assertEquals(30, seconds(backoff.nextDelayNanos()));
    }
  }

  @Test
  void shouldStartAnewAfterASuccess() {
    Backoff backoff = backoff(CONFIG);
    backoff.nextDelayNanos();
    nowNanos += Duration.ofMinutes(5).toNanos();
    backoff.nextDelayNanos();
    backoff.reset();
    assertEquals(5, seconds(backoff.nextDelayNanos()));
    nowNanos += Duration.ofSeconds(59).toNanos();
    assertEquals(7.5, seconds(backoff.nextDelayNanos()));
  }

  @Test
  void shouldAlwaysPauseLongestWhenGrowthIsOff() {
    Backoff backoff =
        backoff(
            new RetryConfig(
                false, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(1), RefusedPolicy.KEEP));
    assertEquals(30, seconds(backoff.nextDelayNanos()));
    assertEquals(30, seconds(backoff.nextDelayNanos()));
  }

  @Test
  void shouldNeverBeEarlierThanTheBackendAsks() {
    assertEquals(3600, seconds(delayAfter(Duration.ofHours(1))));
    assertEquals(5, seconds(delayAfter(Duration.ofSeconds(1))));
  }

  @Test
  void shouldSurviveDurationsThatNoClockCanHold() {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
    assertEquals(Long.MAX_VALUE, delayAfter(longest));
  }

  @Test
  void shouldNeverPauseForNothing() {
    jitter = 0;
    Duration nano = Duration.ofNanos(1);
    assertTrue(backoff(new RetryConfig(true, nano, nano, nano, RefusedPolicy.KEEP)).nextDelayNanos() > 0);
  }

  @Test
  void shouldBeLongerThanTheShortestPauseByTheSpreadAtMost() {
    Backoff backoff = doubling();
    assertEquals("1.5 3.0 6.0 6.0", joined(seconds(backoff, 4)));
    backoff.reset();
    jitter = 0;
    assertEquals("1.0 2.0 4.0 4.0", joined(seconds(backoff, 4)));
  }

  @Test
  void shouldKeepThePauseThatIsAskedForAndNotGrow() {
    Backoff backoff = doubling();
    assertEquals(8, seconds(backoff.requestedDelayNanos(Duration.ofSeconds(7))));
    jitter = 0;
    assertEquals(7, seconds(backoff.requestedDelayNanos(Duration.ofSeconds(7))));
    assertEquals(1, seconds(backoff.requestedDelayNanos(null)));
    assertEquals(2, seconds(backoff.requestedDelayNanos(null)));
  }

  @Test
  void shouldNotPauseAfterTheFirstEnd() {
    jitter = 0;
    Backoff backoff = doubling();
    assertEquals(0, backoff.delayAfterEndNanos());
    assertEquals(1, seconds(backoff.delayAfterEndNanos()));
    backoff.reset();
    assertEquals(0, backoff.delayAfterEndNanos());
    backoff.reset();
    backoff.nextDelayNanos();
    assertEquals(2, seconds(backoff.delayAfterEndNanos()));
  }

  /** Pauses of at least 1, 2 and 4 s, and up to a half longer. */
  private Backoff doubling() {
    Duration noEnd = Duration.ofSeconds(Long.MAX_VALUE);
    return new Backoff(
        new Backoff.Growth(Duration.ofSeconds(1), 2, Duration.ofSeconds(4), 0.5, noEnd),
        () -> nowNanos,
        () -> jitter);
  }

  private static double[] seconds(Backoff backoff, int pauses) {
    return DoubleStream.generate(() -> seconds(backoff.nextDelayNanos())).limit(pauses).toArray();
  }

  private long delayAfter(Duration notBefore) {
    return backoff(CONFIG).nextDelayNanos(notBefore);
  }

  private Backoff backoff(RetryConfig config) {
    return new Backoff(config, () -> nowNanos, () -> jitter);
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  private static String joined(double[] seconds) {
    StringBuilder joined = new StringBuilder();
    for (double second : seconds) {
      joined.append(joined.isEmpty() ? "" : " ").append(second);
    }
    return joined.toString();
  }
}
