package cloud.gardener.logging.kubernetes;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The event loop, a daemon. A task that fails is logged, and the thread continues. After close, tasks are dropped.
 *
 * <p>Thread-safe.
 */
final class EventLoopThread implements EventLoop, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(EventLoopThread.class.getName());
  private static final long STACK_BYTES = 256 << 10;

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(null, task, "gardener-kubernetes", STACK_BYTES);
            thread.setDaemon(true);
            return thread;
          },
          new ScheduledThreadPoolExecutor.AbortPolicy());

  EventLoopThread() {
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public boolean offer(Runnable task) {
    try {
      executor.execute(() -> run(task));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  @Override
  public Timer schedule(Runnable task, Duration delay) {
    try {
      Future<?> due = executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> due.cancel(false);
    } catch (RejectedExecutionException e) {
      return () -> {};
    }
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.SEVERE, "a defect met the watch of the shoots", e);
    }
  }

  /** Runs the queued tasks, but not the scheduled ones, and waits for that up to the given time. */
  void close(Duration atMost) throws InterruptedException {
    executor.shutdown();
    executor.awaitTermination(atMost.toNanos(), TimeUnit.NANOSECONDS);
    executor.shutdownNow();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
