package cloud.gardener.logging.export;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The configured headers of one client of HTTP, and its credentials. As {@link SecretHeaders}:
 * neither {@link #toString} nor an exception shows a value. Immutable, so any thread may use it.
 */
final class HttpRequestHeaders {
  private static final Set<String> RESERVED =
      Set.of(
          "content-type",
          "content-length",
          "content-encoding",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authorization",
          "upgrade",
          "expect",
          "host",
          "te");

  private final Map<String, String> headers = new TreeMap<>();
  private final Secrets secrets;

  /**
   * Checks the headers.
   *
   * @param server whose URL may carry credentials; a header Authorization comes before them
   * @param proxy whose credentials go to it: with each request where it reads them
   * @param readByProxy whether it does
   * @throws ExportException one line with the name, not the value, of a header that cannot be set
   */
  HttpRequestHeaders(
      Map<String, String> configured,
      HttpAddress server,
      Optional<HttpAddress> proxy,
      boolean readByProxy)
      throws ExportException {
    put(HttpHeaderNames.AUTHORIZATION.toString(), server.basicCredentials());
    if (readByProxy && proxy.isPresent()) {
      put(HttpHeaderNames.PROXY_AUTHORIZATION.toString(), proxy.get().basicCredentials());
    }
    for (Map.Entry<String, String> header : configured.entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (RESERVED.contains(name)) {
        throw new ExportException("Headers: '" + name + "' cannot be set for HTTP");
      }
      if (header.getValue().chars().anyMatch(c -> c < ' ' || c > '~')) {
        throw new ExportException("Headers: the value of '" + name + "' is not printable ASCII");
      }
      put(name, header.getValue());
    }
    List<String> texts = new ArrayList<>(headers.values());
    texts.addAll(server.secrets());
    proxy.ifPresent(address -> texts.addAll(address.secrets()));
    this.secrets = new Secrets(texts);
  }

  /** Adds them to those of a request. */
  void copyTo(HttpHeaders request) {
    headers.forEach(request::set);
  }

  /** Takes the values out of what a backend says about them. */
  Secrets secrets() {
    return secrets;
  }

  @Override
  public String toString() {
    return "HttpRequestHeaders[" + headers.size() + " hidden]";
  }

  private void put(String name, String value) {
    if (!value.isEmpty()) {
      headers.put(name, value);
    }
  }
}
