package cloud.gardener.logging.export.http;

import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.export.Secrets;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The configured headers of one client of HTTP, and its credentials. As {@code SecretHeaders}:
 * neither {@link #toString} nor an exception shows a value. Immutable, so any thread may use it.
 */
public final class HttpRequestHeaders {
  private final Map<String, String> headers = new TreeMap<>();
  private final Secrets secrets;

  /**
   * Takes the headers, which are checked.
   *
   * @param configured by name in lower case
   * @param server whose URL may carry credentials; a header Authorization comes before them
   * @param proxy whose credentials go to it: with each request where it reads them
   * @param readByProxy whether it does
   */
  public HttpRequestHeaders(
      Map<String, String> configured,
      Address server,
      Optional<Address> proxy,
      boolean readByProxy) {
    put(HttpHeaderNames.AUTHORIZATION.toString(), server.basicCredentials());
    if (readByProxy && proxy.isPresent()) {
      put(HttpHeaderNames.PROXY_AUTHORIZATION.toString(), proxy.get().basicCredentials());
    }
    configured.forEach(this::put);
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
