package cloud.gardener.logging.config.value;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Where a backend or a proxy is, and who we are to it. Read once, by {@link Addresses}, from what the
 * user wrote; immutable.
 *
 * @param shown the text as it may be logged: without credentials and without a query, which may hold
 *     a token
 * @param security what the text says about TLS
 * @param host a name or an IP address; IPv6 without brackets, with its zone if it has one
 * @param port 1 to 65535
 * @param path of a URL, as it travels; empty for none
 * @param query of a URL, as it travels, without the question mark; empty for none; secret
 * @param user of a URL, decoded; empty for none
 * @param password of a URL, decoded; empty for none; secret
 */
public record Address(
    String shown,
    Security security,
    String host,
    int port,
    String path,
    String query,
    String user,
    String password) {

  /** What an address says about TLS. */
  public enum Security {
    /** Nothing: the key {@code Insecure} decides. */
    UNSAID,

    /** Plaintext: scheme http. */
    PLAINTEXT,

    /** TLS: scheme https. */
    TLS
  }

  /**
   * Reads {@code host:port}, {@code [IPv6]:port}, {@code dns:///host:port} or a URL of http or https.
   *
   * @throws IllegalArgumentException when the text is none of these; the message does not repeat it
   */
  public static Address of(String text) {
    try {
      return Addresses.endpoint(text);
    } catch (BadValueException e) {
      throw refused(e, "it is no endpoint");
    }
  }

  /** A text that stands where an address could: nobody connects to it. */
  public static Address unread(String text) {
    return new Address(Addresses.withoutSecrets(text), Security.UNSAID, "", 0, "", "", "", "");
  }

  /**
   * Reads a proxy as Go does: {@code host:port}, a host alone, or a URL of http.
   *
   * @throws IllegalArgumentException when the text is none of these; the message does not repeat it
   */
  public static Address ofProxy(String text) {
    try {
      return Addresses.proxy(text.contains("://") ? text : "http://" + text);
    } catch (BadValueException e) {
      throw refused(e, "it is no proxy's address");
    }
  }

  /** {@code host:port}, an IPv6 address in brackets and with its zone. */
  public String hostAndPort() {
    return withPort(host);
  }

  /**
   * The same as it is told to the other side: without a zone, which has a meaning on this machine
   * only.
   */
  public String authority() {
    int zone = host.indexOf('%');
    return withPort(zone < 0 ? host : host.substring(0, zone));
  }

  /** Whether it came with a user or a password. */
  public boolean hasCredentials() {
    return !user.isEmpty() || !password.isEmpty();
  }

  /** The value of an Authorization header; empty where there are no credentials. */
  public String basicCredentials() {
    if (!hasCredentials()) {
      return "";
    }
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** What must not be shown: the password, as it is and as it travels, and the query. */
  public List<String> secrets() {
    return List.of(password, basicCredentials(), query);
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return shown;
  }

  private static IllegalArgumentException refused(BadValueException e, String otherwise) {
    return new IllegalArgumentException(e.getMessage().isEmpty() ? otherwise : e.getMessage());
  }

  private String withPort(String name) {
    return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port;
  }
}
