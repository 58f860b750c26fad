package cloud.gardener.logging.kubernetes;

import cloud.gardener.logging.route.Coverage;
import java.time.Duration;
import java.util.logging.Logger;

/**
 * Says how it goes with one kind of object: one line when it cannot be watched, another when the reason
 * is of another kind, one when that ends. On the control thread only.
 */
final class Progress {
  private static final Logger LOG = Logger.getLogger(Progress.class.getName());

  private final String name;
  private final String consequence;
  private Problem problem;
  private boolean connected;
  private boolean synced;

  /**
   * Nothing is known yet.
   *
   * @param name of the objects
   * @param consequence what follows while they cannot be watched
   */
  Progress(String name, String consequence) {
    this.name = name;
    this.consequence = consequence;
  }

  /** Says so when nothing is known after that time. */
  void expect(Control control, Duration timeout) {
    control.schedule(
        () -> {
          if (!synced) {
            LOG.warning(
                () -> name + ": not synchronised within " + timeout + "; " + consequence);
          }
        },
        timeout);
  }

  void problem(Problem now) {
    if (problem == null || problem.kind() != now.kind()) {
      LOG.warning(() -> name + " cannot be watched: " + now.text() + "; " + consequence);
    }
    problem = now;
    connected = false;
  }

  void behind() {
    connected = false;
  }

  void listed(int objects) {
    if (!synced) {
      LOG.info(() -> name + ": found " + objects + ", watches them");
    }
    synced = true;
  }

  void connected() {
    if (problem != null) {
      LOG.info(() -> name + " can be watched again");
    }
    problem = null;
    connected = true;
  }

  /** Whether the objects have been listed once. */
  boolean isSynced() {
    return synced;
  }

  /** How much of the objects is known. */
  Coverage coverage() {
    if (!synced) {
      return Coverage.NOTHING;
    }
    return connected ? Coverage.CURRENT : Coverage.LISTED;
  }
}
