package cloud.gardener.logging.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks endpoints, URLs and paths, and hides the credentials that a URL may carry. */
public final class Addresses {
  private static final Pattern HOST_PORT =
      Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^\\s:/@\\[\\]]+):([0-9]{1,5})");
  private static final Pattern CREDENTIALS = Pattern.compile("(?s)^(?:([^@]*?)//)?.*@");
  private static final int MAX_PORT = 65535;

  private Addresses() {}

  /** {@code host:port}, or a URL of http or https. */
  static String endpoint(String text) throws BadValueException {
    return text.contains("://") ? url(text) : hostPort(text);
  }

  /** Empty, or a URL of http or https. */
  static String optionalUrl(String text) throws BadValueException {
    return text.isEmpty() ? text : url(text);
  }

  /** Empty, {@code host:port}, or a URL of http or https. */
  static String optionalEndpoint(String text) throws BadValueException {
    return text.isEmpty() ? text : endpoint(text);
  }

  /** A path such as {@code /v1/logs}. */
  static String path(String text) throws BadValueException {
    boolean plain = text.chars().noneMatch(c -> c == ':' || Character.isWhitespace(c));
    if (!text.startsWith("/") || !plain) {
      throw new BadValueException();
    }
    return text;
  }

  /** Empty, or a path. */
  static String optionalPath(String text) throws BadValueException {
    return text.isEmpty() ? text : path(text);
  }

  /** The text without the {@code user:password} before an {@code @}. */
  public static String withoutCredentials(String text) {
    Matcher credentials = CREDENTIALS.matcher(text);
    if (!credentials.find()) {
      return text;
    }
    String scheme = credentials.group(1) == null ? "" : credentials.group(1) + "//";
    return scheme + "***@" + text.substring(credentials.end());
  }

  private static String hostPort(String text) throws BadValueException {
    Matcher matcher = HOST_PORT.matcher(text);
    if (!matcher.matches() || !isPort(Integer.parseInt(matcher.group(2)))) {
      throw new BadValueException();
    }
    return text;
  }

  private static String url(String text) throws BadValueException {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean known = scheme.equals("http") || scheme.equals("https");
      if (!known || uri.getHost() == null || !(uri.getPort() == -1 || isPort(uri.getPort()))) {
        throw new BadValueException();
      }
      return text;
    } catch (URISyntaxException e) {
      throw new BadValueException("the URL is wrong at index " + e.getIndex());
    }
  }

  private static boolean isPort(int port) {
    return port > 0 && port <= MAX_PORT;
  }
}
