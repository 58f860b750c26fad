package cloud.gardener.logging.config.value;

import cloud.gardener.logging.config.syntax.BadValueException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The address of a backend or a proxy, with optional credentials. {@link Addresses} parses it once from the user's
 * text; immutable.
 *
 * @param redacted the text as it may be logged: without credentials and without a query, which may hold a token
 * @param security what the text specifies about TLS
 * @param server the peer to connect to
 * @param path path of a URL, percent-encoded as sent; empty for none
 * @param query query of a URL, percent-encoded as sent, without the question mark; empty for none; secret
 * @param user user of a URL, decoded; empty for none
 * @param password password of a URL, decoded; empty for none; secret
 */
public record Address(
    String redacted,
    Security security,
    HostPort server,
    String path,
    String query,
    String user,
    String password) {

  /** What an address specifies about TLS. */
  public enum Security {
    /** Not specified: the key {@code Insecure} decides. */
    UNSPECIFIED,

    /** Plaintext: scheme http. */
    PLAINTEXT,

    /** TLS: scheme https. */
    TLS
  }

  /**
   * Parses {@code host:port}, {@code [IPv6]:port}, {@code dns:///host:port} or a URL of http or https.
   *
   * @throws IllegalArgumentException if the text is none of these; the message does not repeat it
   */
  public static Address of(String text) {
    try {
      return Addresses.parseEndpoint(text);
    } catch (BadValueException e) {
      throw invalid(e, "it is no endpoint");
    }
  }

  /** Parses an address for a target without a connection: any text is accepted, if need be as the host. */
  public static Address ofAny(String text) {
    try {
      return Addresses.parseEndpoint(text);
    } catch (BadValueException e) {
      String redacted = Addresses.redact(text);
      return new Address(redacted, Security.UNSPECIFIED, new HostPort(redacted, 0), "", "", "", "");
    }
  }

  /**
   * Parses a proxy as Go does: {@code host:port}, a host alone, or a URL of http.
   *
   * @throws IllegalArgumentException if the text is none of these; the message does not repeat it
   */
  public static Address ofProxy(String text) {
    try {
      return Addresses.parseProxy(text.contains("://") ? text : "http://" + text);
    } catch (BadValueException e) {
      throw invalid(e, "it is no proxy's address");
    }
  }

  /** Whether the address has a user or a password. */
  public boolean hasCredentials() {
    return !user.isEmpty() || !password.isEmpty();
  }

  /** Returns the value of an Authorization header; empty if there are no credentials. */
  public String basicCredentials() {
    if (!hasCredentials()) {
      return "";
    }
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** The texts that must not be logged: the password, plain and encoded, and the query. */
  public List<String> secrets() {
    return List.of(password, basicCredentials(), query);
  }

  /** Written out as that of {@link HostPort}. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Address that
        && redacted.equals(that.redacted)
        && security == that.security
        && server.equals(that.server)
        && path.equals(that.path)
        && query.equals(that.query)
        && user.equals(that.user)
        && password.equals(that.password);
  }

  @Override
  public int hashCode() {
    return 31 * redacted.hashCode() + server.hashCode();
  }

  /** Omits secrets. */
  @Override
  public String toString() {
    return redacted;
  }

  private static IllegalArgumentException invalid(BadValueException e, String defaultMessage) {
    return new IllegalArgumentException(e.getMessage().isEmpty() ? defaultMessage : e.getMessage());
  }
}
