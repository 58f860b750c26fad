package cloud.gardener.logging.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is to be closed, the last added first. Each is closed whatever the others throw: were a folder's
 * lock freed while a target still works in it, another output would take the folder.
 *
 * <p>Not thread-safe.
 */
final class Closing implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Closing.class.getName());

  /** Closes one thing. */
  interface Step {
    void run() throws InterruptedException;
  }

  private record Named(String what, Step step) {}

  private final Deque<Named> steps = new ArrayDeque<>();

  /**
   * Adds a step.
   *
   * @param what is closed, for a log line
   */
  void add(String what, Step step) {
    steps.push(new Named(what, step));
  }

  /** Does not throw. An interrupt is kept for the caller, and holds up no later step. */
  @Override
  public void close() {
    boolean interrupted = false;
    while (!steps.isEmpty()) {
      Named next = steps.pop();
      try {
        next.step().run();
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (RuntimeException | Error e) {
        LOG.log(Level.SEVERE, e, () -> "a defect met the end of " + next.what());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
