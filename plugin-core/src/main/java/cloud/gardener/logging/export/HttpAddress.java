package cloud.gardener.logging.export;

import java.nio.charset.StandardCharsets;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that speaks HTTP, or a proxy, and who we are to it.
 *
 * @param endpoint where it is
 * @param user from the URL, decoded; empty for none
 * @param password from the URL, decoded; secret
 */
record HttpAddress(Endpoint endpoint, String user, String password) {
  private static final Pattern WITH_CREDENTIALS =
      Pattern.compile("(?i)(https?://)([^/?#]*)@([^/?#@]*(?:[/?#].*)?)");

  /**
   * Reads {@code host:port}, or a URL with or without credentials.
   *
   * @param key the setting it comes from, for the message
   * @throws ExportException one line with key and value, but no credentials
   */
  static HttpAddress parse(String key, String text) throws ExportException {
    Matcher matcher = WITH_CREDENTIALS.matcher(text);
    if (!matcher.matches()) {
      return new HttpAddress(Endpoint.parse(key, text), "", "");
    }
    Endpoint endpoint = Endpoint.parse(key, matcher.group(1) + matcher.group(3));
    String[] credentials = matcher.group(2).split(":", 2);
    try {
      return new HttpAddress(
          endpoint, decoded(credentials[0]), credentials.length == 2 ? decoded(credentials[1]) : "");
    } catch (IllegalArgumentException e) {
      // Without the cause, which repeats a part of them.
      throw new ExportException(key + ": the URL's credentials are not percent-encoded");
    }
  }

  /** The value of an Authorization header; empty where there are no credentials. */
  String basicCredentials() {
    if (user.isEmpty() && password.isEmpty()) {
      return "";
    }
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** What must not be shown: the password, as it is and as it travels. */
  List<String> secrets() {
    return List.of(password, basicCredentials());
  }

  /** Without credentials. */
  @Override
  public String toString() {
    return "HttpAddress[" + endpoint.address() + (user.isEmpty() ? "" : ", credentials hidden") + "]";
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
