package cloud.gardener.logging.kubernetes;

import java.time.Duration;

/**
 * The API server's Status object: why something was refused.
 *
 * @param code as in HTTP; 0 when it names none
 * @param message for humans
 * @param retryAfter when to ask again, or null
 */
record ApiStatus(int code, String message, Duration retryAfter) {
  /** A longer pause than that is no API server's: a shoot may come at any moment. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** The pause that so many seconds ask for, or null. An API server sends no dates. */
  static Duration retryAfter(String seconds) {
    if (seconds == null || !seconds.trim().matches("[1-9][0-9]{0,8}")) {
      return null;
    }
    Duration pause = Duration.ofSeconds(Integer.parseInt(seconds.trim()));
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }
}
