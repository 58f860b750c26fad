package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.intake.Target;
import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.QueueEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** By a clock that only targets that wait move. */
class DrainTest {
  private static final Duration GRACE = Duration.ofSeconds(5);

  // Close to the overflow of System.nanoTime, which deadlines must survive.
  private static final long START_NS = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

  private long nowNs = START_NS;
  private int begun;

  /** Needs some time from the moment at which its drain begins. */
  private final class FakeTarget implements Target {
    private final long neededNs;
    private long readyNs;
    private boolean draining;
    private boolean drained;
    private int othersBegun;

    FakeTarget(Duration needed) {
      neededNs = needed.toNanos();
    }

    @Override
    public void drain(Duration grace) {
      if (!draining) {
        draining = true;
        begun++;
        readyNs = nowNs + neededNs;
      }
      long leftNs = readyNs - nowNs;
      if (!grace.isZero()) {
        othersBegun = begun;
        nowNs += Math.max(0, Math.min(leftNs, grace.toNanos()));
      }
      drained = readyNs - nowNs <= 0;
    }

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public boolean needsEntries() {
      return false;
    }

    @Override
    public AppendResult append(List<QueueEntry> entries, int records) {
      throw new AssertionError();
    }

    @Override
    public void countDropped(DropReason reason, int records) {}

    @Override
    public void countMuted(int records) {}

    @Override
    public void close() {}

    @Override
    public void remove() {}
  }

  private List<FakeTarget> targets(Duration... needed) {
    List<FakeTarget> targets = new ArrayList<>();
    for (Duration one : needed) {
      targets.add(new FakeTarget(one));
    }
    return targets;
  }

  private Duration drain(List<FakeTarget> targets) throws InterruptedException {
    Drain.all(new ArrayList<>(targets), GRACE, () -> nowNs);
    return Duration.ofNanos(nowNs - START_NS);
  }

  @Test
  void shouldTakeTheGraceOfOneForManyThatHang() throws InterruptedException {
    Duration forEver = Duration.ofDays(1);
    List<FakeTarget> hanging = targets(forEver, forEver, forEver, forEver, forEver, forEver, forEver);

    assertEquals(GRACE, drain(hanging));
  }

  @Test
  void shouldDrainTheOthersBesideOneThatHangs() throws InterruptedException {
    List<FakeTarget> targets = targets(Duration.ofDays(1), Duration.ofSeconds(4), GRACE);

    assertEquals(GRACE, drain(targets));
    assertEquals(
        List.of(false, true, true), targets.stream().map(target -> target.drained).toList());
  }

  @Test
  void shouldTakeNoLongerThanTheSlowestNeeds() throws InterruptedException {
    assertEquals(Duration.ofSeconds(3), drain(targets(Duration.ofSeconds(3), Duration.ofSeconds(2))));
    assertEquals(Duration.ofSeconds(3), drain(targets()));
  }

  @Test
  void shouldBeginAllBeforeItWaitsForOne() throws InterruptedException {
    List<FakeTarget> targets = targets(Duration.ofSeconds(1), Duration.ofSeconds(2));

    drain(targets);

    assertEquals(List.of(2, 2), targets.stream().map(target -> target.othersBegun).toList());
  }
}
