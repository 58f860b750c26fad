package cloud.gardener.logging.export;

import java.time.Duration;

/**
 * How one export ended, and with it what the caller must do. "The backend answered" and "the call
 * failed" are both results. Reasons are single lines without secrets, for the log.
 */
public sealed interface ExportResult {

  /**
   * The backend has the request: remove it from the queue and never send it again, not even when
   * some records were rejected.
   *
   * @param rejected records that the backend took from us and threw away, 0 to all of the request's:
   *     count them as dropped
   * @param message the backend's warning or its reason to reject; empty for none
   */
  record Accepted(long rejected, String message) implements ExportResult {
    /** Everything was taken. */
    static final Accepted ALL = new Accepted(0, "");
  }

  /**
   * The backend did not take the request, or nobody knows: keep it and send the same request again
   * later, for as long as it takes.
   *
   * @param reason for the log
   * @param notBefore the pause that the backend asked for, to be kept at least; zero for none
   * @param pace how long to wait beyond {@code notBefore}
   */
  record Retry(String reason, Duration notBefore, Pace pace) implements ExportResult {
    /** An ordinary retry. */
    static Retry soon(String reason) {
      return new Retry(reason, Duration.ZERO, Pace.BACKOFF);
    }
  }

  /**
   * The backend will never take this request: remove it from the queue and count all its records as
   * dropped.
   *
   * @param reason for the log
   */
  record Permanent(String reason) implements ExportResult {}

  /**
   * The request is larger than the backend accepts: send its records again in smaller requests. A
   * request of a single record is to be treated as {@link Permanent}.
   *
   * @param reason for the log
   */
  record TooLarge(String reason) implements ExportResult {}

  /** How the pause after a {@link Retry} is found. */
  enum Pace {
    /** As {@link Backoff} says. */
    BACKOFF,

    /**
     * The backend refuses our credentials. It takes a person to mend that, so say it loudly and
     * try at the longest pause only.
     */
    MAX_INTERVAL
  }
}
