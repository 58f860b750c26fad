package cloud.gardener.logging.queue;

import java.util.logging.Logger;

/** Logs the begin and the end of one kind of disk failure, one line each. Guarded by its queue's lock. */
final class FaultLog {
  private static final Logger LOG = Logger.getLogger(FaultLog.class.getName());

  private final String action;
  private final String consequence;
  private boolean failing;

  /**
   * @param action what fails, and where
   * @param consequence what it means for the records, and what to do
   */
  FaultLog(String action, String consequence) {
    this.action = action;
    this.consequence = consequence;
  }

  void logFailure(Throwable cause) {
    if (!failing) {
      failing = true;
      LOG.severe(() -> "cannot " + action + ", " + consequence + ": " + cause);
    }
  }

  void logSuccess() {
    if (failing) {
      failing = false;
      LOG.info(() -> "can " + action + " again");
    }
  }

  boolean isFailing() {
    return failing;
  }
}
