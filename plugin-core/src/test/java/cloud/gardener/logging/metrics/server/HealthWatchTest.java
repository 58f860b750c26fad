package cloud.gardener.logging.metrics.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HealthWatchTest {
  private static final int STALL_MINUTES = HealthWatch.STALL_MINUTES;

  private long nowNs = Long.MAX_VALUE - TimeUnit.MINUTES.toNanos(5); // The clock may pass its end.
  private long heartbeat = Heartbeat.ABSENT;
  private String target;
  private int reads;
  private final HealthWatch watch = new HealthWatch(() -> target, this::readHeartbeat, () -> nowNs);

  @Test
  void shouldBeHealthyBeforeTheFirstCheck() {
    assertNull(watch.problem());
  }

  @Test
  void shouldReportTheProblemOfATargetUntilItEnds() {
    target = "dynamic/seed: the disk refuses";
    watch.check();
    assertEquals("dynamic/seed: the disk refuses", watch.problem());

    target = null;
    watch.check();
    assertNull(watch.problem());
  }

  @Test
  void shouldBeHealthyWhileAnIdleEngineRuns() {
    for (int minute = 0; minute < 10 * STALL_MINUTES; minute++) {
      heartbeat = minute;
      checkAfterMinutes(1);
      assertNull(watch.problem());
    }
  }

  @Test
  void shouldNotAskTheEngineAtEachCheck() {
    for (int second = 0; second < 10 * HealthWatch.HEARTBEAT_SECONDS; second++) {
      heartbeat = second;
      watch.check();
      nowNs += TimeUnit.SECONDS.toNanos(1);
    }
    assertEquals(10, reads);
  }

  @Test
  void shouldReportAStalledEngineOnlyAfterALongTime() {
    heartbeat = 17;
    checkAfterMinutes(0);
    for (int minute = 1; minute < STALL_MINUTES; minute++) {
      checkAfterMinutes(1);
      assertNull(watch.problem(), "after " + minute + " minutes");
    }

    checkAfterMinutes(1);

    assertEquals(
        "Fluent Bit's engine stands still: its uptime has not changed for 10 minutes", watch.problem());
  }

  @Test
  void shouldBeHealthyAgainWhenTheEngineRunsAgain() {
    heartbeat = 17;
    checkAfterMinutes(0);
    checkAfterMinutes(STALL_MINUTES);

    heartbeat = 3; // Also backwards: the wall clock was set.
    checkAfterMinutes(1);

    assertNull(watch.problem());
  }

  @Test
  void shouldCountTheTimeInWhichAKnownEngineIsSilent() {
    heartbeat = 17;
    checkAfterMinutes(0);
    heartbeat = Heartbeat.SILENT;
    checkAfterMinutes(STALL_MINUTES - 1);
    assertNull(watch.problem());

    checkAfterMinutes(1);

    assertEquals(
        "Fluent Bit's engine stands still: its uptime has not changed for 10 minutes", watch.problem());
  }

  @Test
  void shouldIgnoreAnEngineThatWasNeverSeen() {
    for (long nothing : new long[] {Heartbeat.ABSENT, Heartbeat.SILENT}) {
      heartbeat = nothing;
      checkAfterMinutes(STALL_MINUTES);
      checkAfterMinutes(STALL_MINUTES);
      assertNull(watch.problem());
    }
  }

  @Test
  void shouldForgetAnEngineWhoseServerIsGone() {
    heartbeat = 17;
    checkAfterMinutes(0);
    heartbeat = Heartbeat.ABSENT;
    checkAfterMinutes(1);
    heartbeat = Heartbeat.SILENT;
    checkAfterMinutes(2 * STALL_MINUTES);

    assertNull(watch.problem());
  }

  @Test
  void shouldReportAHangingDiskWhenACheckDoesNotEnd() {
    checkAfterMinutes(0);
    nowNs += TimeUnit.MINUTES.toNanos(STALL_MINUTES) - 1;
    assertNull(watch.problem());

    nowNs += 1;

    assertEquals(
        "a look at the queues has not ended for 10 minutes: the disk hangs", watch.problem());
  }

  @Test
  void shouldStayHealthyAfterADefectOfTheCheck() {
    HealthWatch broken =
        new HealthWatch(
            () -> {
              throw new IllegalStateException("a defect");
            },
            () -> Heartbeat.ABSENT,
            () -> nowNs);

    broken.check();

    assertNull(broken.problem());
  }

  private long readHeartbeat() {
    reads++;
    return heartbeat;
  }

  private void checkAfterMinutes(int afterMinutes) {
    nowNs += TimeUnit.MINUTES.toNanos(afterMinutes);
    watch.check();
  }
}
