package cloud.gardener.logging.kubernetes;

import java.time.Duration;

/** The thread on which everything of this room happens, and its clock. Thread-safe. */
interface Control {
  /** A task that is due at some time. */
  interface Timer {
    /** Lets it not happen, if it has not yet. */
    void cancel();
  }

  /**
   * Runs the task behind those that wait already.
   *
   * @return false when the thread has ended: the task will not run
   */
  boolean offer(Runnable task);

  /** Runs the task behind those that wait already, or never when the thread has ended. */
  default void execute(Runnable task) {
    offer(task);
  }

  /** Runs the task after the delay. */
  Timer schedule(Runnable task, Duration delay);

  /** A monotonic clock. */
  long nanoTime();
}
