package cloud.gardener.logging.delivery;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The daemon threads of the process that run the steps of all workers: a few for the steps and one for the
 * timers. In a pool that did both, each step would wake a second thread to take over the waiting. After the
 * close, steps are dropped: a result may still arrive for a worker that has stopped.
 *
 * <p>Thread-safe.
 */
public final class WorkerThreads implements StepExecutor, AutoCloseable {
  /** A step is short (it never waits for a backend), so two threads serve hundreds of targets. */
  private static final int THREADS = 2;

  private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(1);

  private final ThreadPoolExecutor pool;
  private final ScheduledThreadPoolExecutor timer;

  public WorkerThreads() {
    AtomicInteger count = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            step -> newDaemon(step, "gardener-worker-" + count.incrementAndGet()),
            new ThreadPoolExecutor.DiscardPolicy());
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            timers -> newDaemon(timers, "gardener-timer"),
            new ThreadPoolExecutor.DiscardPolicy());
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static Thread newDaemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void execute(Runnable step) {
    pool.execute(step);
  }

  @Override
  public void schedule(Runnable step, long delayNs) {
    timer.schedule(() -> executeOrRetry(step), delayNs, TimeUnit.NANOSECONDS);
  }

  /** Retries when there is no memory to queue the step: a target may wait forever for a lost timer. */
  private void executeOrRetry(Runnable step) {
    try {
      pool.execute(step);
    } catch (RuntimeException | Error e) {
      schedule(step, RETRY_NS);
    }
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void close() {
    timer.shutdown();
    pool.shutdown();
  }
}
