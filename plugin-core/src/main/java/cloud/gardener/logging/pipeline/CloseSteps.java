package cloud.gardener.logging.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The steps of a close, run in reverse order of their addition. Each step runs even when others throw: if a folder's
 * lock were released while a target still uses the folder, another output could lock it.
 *
 * <p>Not thread-safe.
 */
final class CloseSteps implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(CloseSteps.class.getName());

  /** Closes one resource. */
  interface Step {
    void run() throws InterruptedException;
  }

  private record Named(String resource, Step step) {}

  private final Deque<Named> steps = new ArrayDeque<>();

  /**
   * Adds a step.
   *
   * @param resource what the step closes, for a log line
   */
  void add(String resource, Step step) {
    steps.push(new Named(resource, step));
  }

  /** Does not throw. An interrupt is preserved for the caller and does not delay later steps. */
  @Override
  public void close() {
    boolean interrupted = false;
    while (!steps.isEmpty()) {
      Named step = steps.pop();
      try {
        step.step().run();
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (RuntimeException | Error e) {
        LOG.log(Level.SEVERE, e, () -> "a defect met the end of " + step.resource());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
