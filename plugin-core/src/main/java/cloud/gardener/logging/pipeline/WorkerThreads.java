package cloud.gardener.logging.pipeline;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few daemon threads for the steps of all workers of the process. Once closed, steps are dropped: an answer
 * may come to a worker that has stopped.
 *
 * <p>Thread-safe.
 */
final class WorkerThreads implements StepExecutor, AutoCloseable {
  /** One step is short (it never waits for a backend), so two threads serve hundreds of targets. */
  private static final int THREADS = 2;

  private final ScheduledThreadPoolExecutor pool;

  WorkerThreads() {
    AtomicInteger count = new AtomicInteger();
    pool =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "gardener-worker-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            new ScheduledThreadPoolExecutor.DiscardPolicy());
    pool.setRemoveOnCancelPolicy(true);
    pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void execute(Runnable step) {
    pool.execute(step);
  }

  @Override
  public void schedule(Runnable step, long delayNs) {
    pool.schedule(step, delayNs, TimeUnit.NANOSECONDS);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
