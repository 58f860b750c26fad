package cloud.gardener.logging.export;

import java.time.Duration;

/**
 * The result of an export, which determines what the caller must do. "The backend answered" and "the call failed"
 * are both results. Reasons are single lines without secrets, for the log.
 */
public sealed interface ExportResult {

  /**
   * The backend has the request: remove it from the queue and never send it again, even when some records were
   * rejected.
   *
   * @param rejected number of records that the backend received and discarded, 0 to all of the request's: count them
   *     as dropped
   * @param message the backend's warning, or its reason for the rejection; empty for none
   */
  record Accepted(long rejected, String message) implements ExportResult {
    /** All records were accepted. */
    public static final Accepted ALL = new Accepted(0, "");
  }

  /** Any result other than {@link Accepted}. */
  sealed interface Failure extends ExportResult {
    /** For the log: one line without secrets. */
    String reason();
  }

  /**
   * The backend did not accept the request, or the outcome is unknown: keep it and send the same request again
   * later, without a time limit.
   *
   * @param reason for the log
   * @param notBefore the minimum pause that the backend asked for; zero for none
   */
  record Retry(String reason, Duration notBefore) implements Failure {
    /** A retry after the regular pause. */
    public static Retry withBackoff(String reason) {
      return new Retry(reason, Duration.ZERO);
    }
  }

  /**
   * The backend refuses every request, whatever its content: a wrong path, missing permissions, a limit, an internal
   * error, or a response that is not valid OTLP. According to OTLP, such a request must not be sent again. See
   * {@code RefusedPolicy} in docs/reliability.md for why the default is to keep it.
   *
   * @param reason the backend's response, for the log
   * @param check what a person should check, for the log
   * @param notBefore the minimum pause that the backend asked for; zero for none
   */
  record DestinationRefused(String reason, String hint, Duration notBefore) implements Failure {
    public static DestinationRefused of(String reason, String check) {
      return new DestinationRefused(reason, check, Duration.ZERO);
    }
  }

  /**
   * The backend refuses the content of this request: one of its records may be the cause, and the others may be
   * accepted without it.
   *
   * @param reason for the log
   */
  record PayloadRefused(String reason) implements Failure {}

  /**
   * The request is larger than the backend accepts: send its records again in smaller requests. Treat a request of a
   * single record as {@link PayloadRefused}.
   *
   * @param reason for the log
   */
  record TooLarge(String reason) implements Failure {}
}
