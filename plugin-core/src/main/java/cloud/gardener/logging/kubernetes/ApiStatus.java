package cloud.gardener.logging.kubernetes;

import java.time.Duration;

/**
 * The API server's Status object: why a request was rejected.
 *
 * @param code the HTTP status code; 0 if the object has none
 * @param message for humans
 * @param retryAfter when to retry, or null
 */
record ApiStatus(int code, String message, Duration retryAfter) {
  /** Upper bound of the pause, whatever the API server requests: a new shoot may appear at any moment. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** Returns the pause for a number of seconds, or null. An API server sends no dates. */
  static Duration retryAfter(String seconds) {
    if (seconds == null || !seconds.trim().matches("[1-9][0-9]{0,8}")) {
      return null;
    }
    Duration pause = Duration.ofSeconds(Integer.parseInt(seconds.trim()));
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }
}
