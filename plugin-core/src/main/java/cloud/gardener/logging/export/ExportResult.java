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
    public static final Accepted ALL = new Accepted(0, "");
  }

  /** Everything but a yes. */
  sealed interface Failure extends ExportResult {
    /** For the log: one line without secrets. */
    String reason();
  }

  /**
   * The backend did not take the request, or nobody knows: keep it and send the same request again
   * later, for as long as it takes.
   *
   * @param reason for the log
   * @param notBefore the pause that the backend asked for, to be kept at least; zero for none
   */
  record Retry(String reason, Duration notBefore) implements Failure {
    /** A retry after an ordinary pause. */
    public static Retry soon(String reason) {
      return new Retry(reason, Duration.ZERO);
    }
  }

  /**
   * The backend refuses whatever is sent to it: a wrong path, missing rights, a limit, an error of its
   * own, or an answer that cannot be OTLP's. By the letter of OTLP such a request must not be sent
   * again; see {@code RefusedPolicy} in docs/reliability.md for why it is kept by default.
   *
   * @param reason what the backend answered, for the log
   * @param check what a person should look at, for the log
   * @param notBefore the pause that the backend asked for, to be kept at least; zero for none
   */
  record DestinationRefused(String reason, String check, Duration notBefore) implements Failure {
    public static DestinationRefused of(String reason, String check) {
      return new DestinationRefused(reason, check, Duration.ZERO);
    }
  }

  /**
   * The backend refuses what is in this request: one of its records may be the cause, and others may
   * be accepted without it.
   *
   * @param reason for the log
   */
  record PayloadRefused(String reason) implements Failure {}

  /**
   * The request is larger than the backend accepts: send its records again in smaller requests. A
   * request of a single record is to be treated as {@link PayloadRefused}.
   *
   * @param reason for the log
   */
  record TooLarge(String reason) implements Failure {}
}
