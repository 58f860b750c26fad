package cloud.gardener.logging.delivery;

/** Runs the steps of all workers: threads are shared, so an idle target costs none. */
public interface StepExecutor {
  /** Runs {@code step} soon. */
  void execute(Runnable step);

  /** Runs {@code step} once, after {@code delayNs} nanoseconds. */
  void schedule(Runnable step, long delayNs);

  /** Monotonic time in nanoseconds, as {@link System#nanoTime()}. */
  long nanoTime();
}
