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
  private final HealthWatch watch = new HealthWatch(() -> target, () -> heartbeat, () -> nowNs);

  @Test
  void shouldBeWellBeforeTheFirstLook() {
    assertNull(watch.problem());
  }

  @Test
  void shouldSayWhatIsWrongWithATargetAndForgetItWhenItIsOver() {
    target = "dynamic/seed: the disk refuses";
    watch.look();
    assertEquals("dynamic/seed: the disk refuses", watch.problem());

    target = null;
    watch.look();
    assertNull(watch.problem());
  }

  @Test
  void shouldBeWellWhileTheEngineTurnsThoughNothingComes() {
    for (int minute = 0; minute < 10 * STALL_MINUTES; minute++) {
      heartbeat = minute;
      look(1);
      assertNull(watch.problem());
    }
  }

  @Test
  void shouldSayThatTheEngineStandsStillOnlyAfterALongTime() {
    heartbeat = 17;
    look(0);
    for (int minute = 1; minute < STALL_MINUTES; minute++) {
      look(1);
      assertNull(watch.problem(), "after " + minute + " minutes");
    }

    look(1);

    assertEquals(
        "Fluent Bit's engine stands still: its uptime has not changed for 10 minutes", watch.problem());
  }

  @Test
  void shouldBeWellAgainWhenTheEngineTurnsAgain() {
    heartbeat = 17;
    look(0);
    look(STALL_MINUTES);

    heartbeat = 3; // Also backwards: the wall clock was set.
    look(1);

    assertNull(watch.problem());
  }

  @Test
  void shouldCountTheTimeInWhichAKnownEngineDoesNotAnswer() {
    heartbeat = 17;
    look(0);
    heartbeat = Heartbeat.SILENT;
    look(STALL_MINUTES - 1);
    assertNull(watch.problem());

    look(1);

    assertEquals(
        "Fluent Bit's engine stands still: its uptime has not changed for 10 minutes", watch.problem());
  }

  @Test
  void shouldHaveNoOpinionAboutAnEngineThatWasNeverSeen() {
    for (long nothing : new long[] {Heartbeat.ABSENT, Heartbeat.SILENT}) {
      heartbeat = nothing;
      look(STALL_MINUTES);
      look(STALL_MINUTES);
      assertNull(watch.problem());
    }
  }

  @Test
  void shouldForgetAnEngineWhoseServerIsGone() {
    heartbeat = 17;
    look(0);
    heartbeat = Heartbeat.ABSENT;
    look(1);
    heartbeat = Heartbeat.SILENT;
    look(2 * STALL_MINUTES);

    assertNull(watch.problem());
  }

  @Test
  void shouldSayThatTheDiskHangsWhenALookDoesNotEnd() {
    look(0);
    nowNs += TimeUnit.MINUTES.toNanos(STALL_MINUTES) - 1;
    assertNull(watch.problem());

    nowNs += 1;

    assertEquals(
        "a look at the queues has not ended for 10 minutes: the disk hangs", watch.problem());
  }

  @Test
  void shouldNotCallADefectOfItsOwnAProblem() {
    HealthWatch broken =
        new HealthWatch(
            () -> {
              throw new IllegalStateException("a defect");
            },
            () -> Heartbeat.ABSENT,
            () -> nowNs);

    broken.look();

    assertNull(broken.problem());
  }

  private void look(int afterMinutes) {
    nowNs += TimeUnit.MINUTES.toNanos(afterMinutes);
    watch.look();
  }
}
