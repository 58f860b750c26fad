package cloud.gardener.logging.queue;

import java.util.logging.Logger;

/** Logs the begin and the end of one kind of disk failure, one line each. Guarded by its queue's lock. */
final class FaultLog {
  private static final Logger LOG = Logger.getLogger(FaultLog.class.getName());

  private final String what;
  private final String consequence;
  private boolean under;

  /**
   * @param what what fails, and where
   * @param consequence what it means for the records, and what to do
   */
  FaultLog(String what, String consequence) {
    this.what = what;
    this.consequence = consequence;
  }

  void trouble(Throwable cause) {
    if (!under) {
      under = true;
      LOG.severe(() -> "cannot " + what + ", " + consequence + ": " + cause);
    }
  }

  void success() {
    if (under) {
      under = false;
      LOG.info(() -> "can " + what + " again");
    }
  }

  boolean isUnder() {
    return under;
  }
}
