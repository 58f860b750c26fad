package cloud.gardener.logging.queue;

import java.util.logging.Logger;

/** Tells the begin and the end of trouble with the disk, one line each. Guarded by its queue's lock. */
final class Episode {
  private final Logger log;
  private final String subject;
  private boolean under;

  Episode(Logger log, String subject) {
    this.log = log;
    this.subject = subject;
  }

  void trouble(String what, Throwable cause) {
    if (!under) {
      under = true;
      log.severe(() -> subject + ": " + what + ", Fluent Bit keeps what is new until the disk recovers: " + cause);
    }
  }

  void success() {
    if (under) {
      under = false;
      log.info(() -> subject + ": the disk works again");
    }
  }

  boolean isUnder() {
    return under;
  }
}
