package cloud.gardener.logging.intake;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.route.Coverage;
import cloud.gardener.logging.route.RouteConfigs;
import cloud.gardener.logging.route.RoutingTable;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartHoldTest {
  private static final Duration AT_MOST = Duration.ofSeconds(15);

  private long nowNs = Long.MAX_VALUE - 5;
  private final StartHold hold = new StartHold(AT_MOST, () -> nowNs);

  @Test
  void shouldHoldEachChunkOnce() {
    assertTrue(isHeld(1));
    assertTrue(isHeld(2));
    assertFalse(isHeld(1));
    assertFalse(isHeld(2));
    assertFalse(isHeld(1));
  }

  @Test
  void shouldHoldNoLongerThanItMay() {
    nowNs += AT_MOST.toNanos() - 1;
    assertTrue(isHeld(1));
    nowNs += 1;
    assertFalse(isHeld(2));
  }

  @Test
  void shouldHoldNothingOnceTheShootsAreListed() {
    assertTrue(isHeld(1));
    assertFalse(hold.isActive(table(Coverage.LISTED)));
    assertFalse(isHeld(2));
  }

  @Test
  void shouldNeverHoldWhereItMayNot() {
    assertFalse(new StartHold(Duration.ZERO, () -> nowNs).isActive(table(Coverage.NOTHING)));
  }

  @Test
  void shouldHoldNoMoreThanItCanRemember() {
    for (int chunk = 0; chunk < StartHold.MAX_CHUNKS; chunk++) {
      assertTrue(isHeld(chunk));
    }
    assertFalse(isHeld(StartHold.MAX_CHUNKS));
    for (int chunk = 0; chunk < StartHold.MAX_CHUNKS; chunk++) {
      assertFalse(isHeld(chunk));
    }
  }

  private boolean isHeld(long chunk) {
    return hold.isActive(table(Coverage.NOTHING)) && hold.hold(chunk, "a test");
  }

  private static RoutingTable table(Coverage coverage) {
    PluginConfig config = RouteConfigs.shoots();
    return new RoutingTable(
        config.dynamicHost(), config.states(), Map.of(), coverage, namespace -> false);
  }
}
