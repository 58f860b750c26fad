package cloud.gardener.logging.kubernetes;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** The event loop, played by the test: tasks run in {@link #run}, time passes in {@link #pass}. */
final class ManualEventLoop implements EventLoop {
  private record Due(long atNs, long number, Runnable task) {}

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Due> timers =
      new PriorityQueue<>(Comparator.comparingLong(Due::atNs).thenComparingLong(Due::number));
  private long nowNs;
  private long count;

  @Override
  public boolean offer(Runnable task) {
    return tasks.add(task);
  }

  @Override
  public Timer schedule(Runnable task, Duration delay) {
    Due due = new Due(nowNs + delay.toNanos(), count++, task);
    timers.add(due);
    return () -> timers.remove(due);
  }

  @Override
  public long nanoTime() {
    return nowNs;
  }

  /** Runs what waits, and what is due. */
  void run() {
    pass(Duration.ZERO);
  }

  /** Lets time pass; what becomes due on the way runs at its time. */
  void pass(Duration time) {
    long untilNs = nowNs + time.toNanos();
    drain();
    while (!timers.isEmpty() && timers.peek().atNs() <= untilNs) {
      Due due = timers.poll();
      nowNs = due.atNs();
      due.task().run();
      drain();
    }
    nowNs = untilNs;
  }

  private void drain() {
    while (!tasks.isEmpty()) {
      tasks.poll().run();
    }
  }

  /** Timers that are set. */
  int timers() {
    return timers.size();
  }
}
