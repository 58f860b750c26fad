package cloud.gardener.logging.export;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a client connects to, read from {@code host:port}, {@code [::1]:4317}, {@code
 * dns:///host:port}, {@code http://host:port} or {@code https://host:port}. A URL without a port has
 * its scheme's (80, 443); elsewhere the port must be there.
 *
 * @param host a name or an address; an IPv6 address without brackets
 * @param port 1 to 65535
 * @param security what the scheme says
 * @param path the URL's path; empty for none
 */
record Endpoint(String host, int port, Security security, String path) {

  /** What an endpoint says about TLS. */
  enum Security {
    /** Nothing: the key {@code Insecure} decides. */
    UNSAID,

    /** Plaintext: scheme http. */
    PLAINTEXT,

    /** TLS: scheme https. */
    TLS
  }

  private static final String ACCEPTED =
      "expected host:port, [IPv6]:port, or a URL such as https://host:port";
  private static final String DNS_SCHEME = "dns:///";
  private static final Pattern HOST_PORT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+(?:%[^\\s/@\\[\\]]+)?)]|([^\\s:/@\\[\\]]+)):([0-9]{1,5})");
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final int MAX_PORT = 65_535;

  /**
   * Reads an endpoint.
   *
   * @param key the setting it comes from, for the message
   * @param text the setting's value
   * @throws ExportException one line with key, value (but no credentials) and what is accepted
   */
  static Endpoint parse(String key, String text) throws ExportException {
    if (text.indexOf('@') >= 0) {
      // Not repeated in the line: what stands before the @ may be a password.
      throw new ExportException(key + ": credentials in an endpoint are not supported, use Headers");
    }
    if (text.startsWith(DNS_SCHEME)) {
      return hostPort(key, text, text.substring(DNS_SCHEME.length()));
    }
    return text.contains("://") ? url(key, text) : hostPort(key, text, text);
  }

  /** {@code host:port} again, an IPv6 address in brackets. */
  String address() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  private static Endpoint hostPort(String key, String text, String hostPort)
      throws ExportException {
    Matcher matcher = HOST_PORT.matcher(hostPort);
    if (!matcher.matches()) {
      throw wrong(key, text);
    }
    String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    return new Endpoint(
        host, port(key, text, Integer.parseInt(matcher.group(3))), Security.UNSAID, "");
  }

  private static Endpoint url(String key, String text) throws ExportException {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw wrong(key, text);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("https");
    boolean extras = uri.getRawQuery() != null || uri.getRawFragment() != null;
    if (uri.getHost() == null || extras || !(tls || scheme.equals("http"))) {
      throw wrong(key, text);
    }
    String host = uri.getHost();
    int defaultPort = tls ? HTTPS_PORT : HTTP_PORT;
    return new Endpoint(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        port(key, text, uri.getPort() == -1 ? defaultPort : uri.getPort()),
        tls ? Security.TLS : Security.PLAINTEXT,
        uri.getRawPath());
  }

  private static int port(String key, String text, int port) throws ExportException {
    if (port < 1 || port > MAX_PORT) {
      throw wrong(key, text);
    }
    return port;
  }

  private static ExportException wrong(String key, String text) {
    return new ExportException(key + " '" + text + "': " + ACCEPTED);
  }
}
