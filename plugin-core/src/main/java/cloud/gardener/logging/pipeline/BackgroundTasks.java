package cloud.gardener.logging.pipeline;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A daemon thread for tasks that may wait for a disk or a backend; not started for an output without shoots. The
 * failure of a task is logged, and the thread continues. After the close, tasks are dropped.
 *
 * <p>Thread-safe.
 */
class BackgroundTasks {
  private static final Logger LOG = Logger.getLogger(BackgroundTasks.class.getName());
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final ScheduledThreadPoolExecutor executor;

  BackgroundTasks(boolean needed) {
    executor =
        new ScheduledThreadPoolExecutor(
            needed ? 1 : 0,
            task -> {
              Thread thread = new Thread(task, "gardener-targets");
              thread.setDaemon(true);
              return thread;
            },
            new ScheduledThreadPoolExecutor.DiscardPolicy());
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  void execute(Runnable task) {
    executor.execute(() -> run(task));
  }

  void schedule(Runnable task, Duration delay) {
    executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.SEVERE, "a defect met the targets of the shoots", e);
    }
  }

  /** Waits for the running task, a few seconds at most. */
  void close() throws InterruptedException {
    executor.shutdown();
    executor.awaitTermination(STOP_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
  }
}
