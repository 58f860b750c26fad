package cloud.gardener.logging.kubernetes;

import java.time.Duration;

/** The thread on which everything in this package happens, and its clock. Thread-safe. */
interface EventLoop {
  /** A scheduled task. */
  interface Timer {
    /** Cancels the task if it has not run yet. */
    void cancel();
  }

  /**
   * Runs the task after those already queued.
   *
   * @return false if the thread has ended: the task will not run
   */
  boolean offer(Runnable task);

  /** Runs the task after those already queued, or never if the thread has ended. */
  default void execute(Runnable task) {
    offer(task);
  }

  /** Runs the task after the delay. */
  Timer schedule(Runnable task, Duration delay);

  /** Monotonic time in nanoseconds. */
  long nanoTime();
}
