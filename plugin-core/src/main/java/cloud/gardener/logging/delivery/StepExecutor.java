package cloud.gardener.logging.delivery;

/** Where workers run: shared by all targets, so that an idle one costs no thread. */
public interface StepExecutor {
  /** Runs {@code step} soon. */
  void execute(Runnable step);

  /** Runs {@code step} after {@code delayNs} nanoseconds. */
  void schedule(Runnable step, long delayNs);

  /** Monotonic time in nanoseconds, as {@link System#nanoTime()}. */
  long nanoTime();
}
