package cloud.gardener.logging.config.value;

import cloud.gardener.logging.config.syntax.BadValueException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The only parser of endpoints, URLs, proxies and paths. No message repeats a text: it may hold credentials. */
public final class Addresses {
  private static final String NAME = "[^\\s:/@\\[\\]?#%]+";

  /** Accepts a zone, as in {@code fe80::1%eth0}; in a URL the percent sign may be written %25. */
  private static final String IPV6 = "\\[(?<ipv6>[0-9A-Fa-f:.]+)(?:%(?:25)?(?<zone>[\\w.~-]+))?]";

  private static final Pattern HOST_PORT =
      Pattern.compile("(?:" + IPV6 + "|(?<name>" + NAME + "))(?::(?<port>[0-9]{1,5}))?");

  private static final Pattern URL =
      Pattern.compile(
          "(?i)(?<scheme>https?)://(?:(?<user>[^/?#]*)@)?(?<host>[^/?#@]*)"
              + "(?<path>/[^?#]*)?(?:\\?(?<query>[^#]*))?");

  /** gRPC's syntax for a name to resolve; names are resolved in any case. */
  private static final Pattern RESOLVER =
      Pattern.compile("(?i)(?:dns|passthrough)://(?<server>[^/]*)/(?<rest>.*)");

  /** Visible ASCII without the characters that RFC 3986 excludes; a percent sign begins an escape. */
  private static final Pattern ESCAPED =
      Pattern.compile("(?:%[0-9A-Fa-f]{2}|[!-~&&[^%\"<>\\\\^`{|}#]])*");

  private static final Pattern CREDENTIALS = Pattern.compile("(?s)^(?:([^@]*?)//)?.*@");
  private static final Pattern QUERY = Pattern.compile("(?s)\\?.*");
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final int MAX_PORT = 65_535;

  private Addresses() {}

  /** Parses {@code host:port}, {@code dns:///host:port}, or a URL of http or https. */
  public static Address parseEndpoint(String text) throws BadValueException {
    Matcher resolver = RESOLVER.matcher(text);
    if (resolver.matches()) {
      if (!resolver.group("server").isEmpty()) {
        throw new BadValueException("a name server cannot be chosen, three slashes are expected");
      }
      return parseHostPort(text, resolver.group("rest"));
    }
    return text.contains("://") ? parseUrl(text) : parseHostPort(text, text);
  }

  /** Parses a URL of http or https, or an empty text. */
  public static Optional<Address> parseOptionalUrl(String text) throws BadValueException {
    return text.isEmpty() ? Optional.empty() : Optional.of(parseUrl(text));
  }

  /** Parses {@code host:port} or a URL of http, or an empty text. */
  public static Optional<Address> parseOptionalProxy(String text) throws BadValueException {
    return text.isEmpty() ? Optional.empty() : Optional.of(parseProxy(text));
  }

  /** Parses {@code host:port} or a URL of http. */
  static Address parseProxy(String text) throws BadValueException {
    Address proxy = text.contains("://") ? parseUrl(text) : parseHostPort(text, text);
    if (proxy.security() == Address.Security.TLS) {
      throw new BadValueException("TLS towards the proxy is not supported");
    }
    return proxy;
  }

  /** Checks a path such as {@code /v1/logs}, with or without a query. */
  public static String requirePath(String text) throws BadValueException {
    boolean isPlain = text.chars().allMatch(c -> c > ' ' && c <= '~' && c != ':');
    if (!text.startsWith("/") || !isPlain) {
      throw new BadValueException();
    }
    return text;
  }

  /** Checks a path, or an empty text. */
  public static String requireOptionalPath(String text) throws BadValueException {
    return text.isEmpty() ? text : requirePath(text);
  }

  /** Returns the text without the {@code user:password} before an {@code @}, and without a query. */
  public static String redact(String text) {
    Matcher credentials = CREDENTIALS.matcher(text);
    String redacted = text;
    if (credentials.find()) {
      String scheme = credentials.group(1) == null ? "" : credentials.group(1) + "//";
      redacted = scheme + "***@" + text.substring(credentials.end());
    }
    return QUERY.matcher(redacted).replaceFirst("?***");
  }

  private static Address parseHostPort(String text, String hostPort) throws BadValueException {
    Matcher matcher = HOST_PORT.matcher(hostPort);
    if (!matcher.matches() || matcher.group("port") == null) {
      throw new BadValueException();
    }
    return new Address(
        text, Address.Security.UNSPECIFIED, parseServer(matcher, 0), "", "", "", "");
  }

  private static Address parseUrl(String text) throws BadValueException {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      throw new BadValueException(
          text.indexOf('#') >= 0 ? "a fragment (from # on) has no meaning here" : "");
    }
    Matcher hostPort = HOST_PORT.matcher(url.group("host"));
    if (!hostPort.matches()) {
      throw new BadValueException("the URL has no valid host");
    }
    boolean tls = url.group("scheme").toLowerCase(Locale.ROOT).equals("https");
    String[] credentials = orEmpty(url.group("user")).split(":", 2);
    return new Address(
        redact(text),
        tls ? Address.Security.TLS : Address.Security.PLAINTEXT,
        parseServer(hostPort, tls ? HTTPS_PORT : HTTP_PORT),
        requireEscaped("path", url.group("path")),
        requireEscaped("query", url.group("query")),
        decode(credentials[0]),
        credentials.length == 2 ? decode(credentials[1]) : "");
  }

  private static HostPort parseServer(Matcher matcher, int defaultPort) throws BadValueException {
    return new HostPort(parseHost(matcher), parsePort(matcher, defaultPort));
  }

  private static String parseHost(Matcher matcher) {
    if (matcher.group("name") != null) {
      return matcher.group("name");
    }
    String zone = matcher.group("zone");
    return matcher.group("ipv6") + (zone == null ? "" : "%" + zone);
  }

  private static int parsePort(Matcher matcher, int defaultPort) throws BadValueException {
    int port = matcher.group("port") == null ? defaultPort : Integer.parseInt(matcher.group("port"));
    if (port < 1 || port > MAX_PORT) {
      throw new BadValueException("the port is not between 1 and " + MAX_PORT);
    }
    return port;
  }

  private static String requireEscaped(String part, String text) throws BadValueException {
    if (!ESCAPED.matcher(orEmpty(text)).matches()) {
      throw new BadValueException(
          "the URL's " + part + " has a character that must be percent-encoded");
    }
    return orEmpty(text);
  }

  /** Decodes credentials. A plus sign is literal here, not a space. */
  private static String decode(String text) throws BadValueException {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadValueException("the URL's credentials are not percent-encoded");
    }
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
