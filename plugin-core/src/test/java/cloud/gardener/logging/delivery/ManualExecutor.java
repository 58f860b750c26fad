package cloud.gardener.logging.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.PriorityQueue;

/** Runs steps when a test says so, on the test's thread and by a clock that only the test moves. */
public final class ManualExecutor implements StepExecutor {
  private record Timer(long dueNs, long order, Runnable step) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      int byTime = Long.compare(dueNs - other.dueNs, 0);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final ArrayDeque<Runnable> due = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  // Close to the overflow of System.nanoTime, which comparisons must survive.
  private long nowNs = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();
  private long order;
  private int calls;
  private int failAt;

  @Override
  public synchronized void execute(Runnable step) {
    fail();
    due.add(step);
  }

  @Override
  public synchronized void schedule(Runnable step, long delayNs) {
    fail();
    timers.add(new Timer(nowNs + delayNs, order++, step));
  }

  @Override
  public synchronized long nanoTime() {
    return nowNs;
  }

  /** Has one call from now on fail. */
  synchronized void failAt(int call) {
    calls = 0;
    failAt = call;
  }

  private void fail() {
    if (++calls == failAt) {
      throw new OutOfMemoryError("unable to create a task, in a test");
    }
  }

  /** Timers that wait. */
  synchronized int timers() {
    return timers.size();
  }

  /** Runs what is due, and what that makes due. */
  void run() {
    for (Runnable step = next(); step != null; step = next()) {
      step.run();
    }
  }

  /** Whether nothing is to run but what waits for its time. */
  synchronized boolean isIdle() {
    return due.isEmpty();
  }

  private synchronized Runnable next() {
    if (due.isEmpty() && !timers.isEmpty() && timers.peek().dueNs - nowNs <= 0) {
      return timers.poll().step;
    }
    return due.poll();
  }

  /** Moves the clock from timer to timer, running each when it is due. */
  public void advance(Duration time) {
    long untilNs = nanoTime() + time.toNanos();
    run();
    while (moveTo(untilNs)) {
      run();
    }
  }

  private synchronized boolean moveTo(long untilNs) {
    if (!timers.isEmpty() && timers.peek().dueNs - untilNs <= 0) {
      nowNs = timers.peek().dueNs;
      return true;
    }
    boolean moved = nowNs != untilNs;
    nowNs = untilNs;
    return moved;
  }
}
