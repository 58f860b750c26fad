package cloud.gardener.logging.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TrafficHistoryTest {
  private final TrafficHistory history = new TrafficHistory();

  @Test
  void shouldAllocateNothingWithoutTraffic() {
    history.sample(0, 0);

    assertEquals(0, history.in().length);
    assertEquals(0, history.inPerSecond());
  }

  @Test
  void shouldKeepTheLastPeriodsInTheirOrder() {
    for (int i = 1; i <= TrafficHistory.PERIODS + 5; i++) {
      history.sample(i * (i + 1) / 2, i);
    }

    int[] in = history.in();
    assertEquals(TrafficHistory.PERIODS, in.length);
    assertEquals(6, in[0]);
    assertEquals(TrafficHistory.PERIODS + 5, in[in.length - 1]);
    assertArrayEquals(new int[] {1, 1}, new int[] {history.out()[0], history.out()[in.length - 1]});
  }

  @Test
  void shouldReturnTheRateOfTheLastMinute() {
    history.sample(1_000_000, 0);
    history.sample(1_000_060, 0);
    history.sample(1_000_060, 30);
    history.sample(1_000_060, 30);
    history.sample(1_000_120, 60);

    assertEquals(2, history.inPerSecond());
    assertEquals(1, history.outPerSecond());
  }

  @Test
  void shouldLimitACountAboveTheRangeOfInt() {
    history.sample(1L << 40, 0);

    assertEquals(Integer.MAX_VALUE, history.in()[TrafficHistory.PERIODS - 1]);
  }
}
