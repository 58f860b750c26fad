package cloud.gardener.logging.export;

/** Reduces the messages of backends and libraries to one line of bounded length. */
public final class Reason {
  private static final int MAX_CHARS = 300;

  private Reason() {}

  /** The text as a single line: control characters become spaces, and an excessive length is truncated. */
  public static String oneLine(String text) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), MAX_CHARS) + 3);
    for (int i = 0; i < text.length(); i++) {
      if (i == MAX_CHARS) {
        return line.append("...").toString();
      }
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
    }
    return line.toString();
  }

  /**
   * The root cause, or the exception around it that has the same message and adds to it: Netty adds the address that
   * refuses a connection.
   */
  public static Throwable rootCause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause != null && cause.getCause() != null && cause.getCause() != cause && !addsTo(cause)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean addsTo(Throwable outer) {
    String cause = outer.getCause().getMessage();
    return cause != null && outer.getMessage() != null && outer.getMessage().startsWith(cause + ": ");
  }
}
