package cloud.gardener.logging.export.http;

import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.Headers;
import cloud.gardener.logging.export.Secrets;
import cloud.gardener.logging.export.transport.NetworkClient;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The configured headers of one HTTP client, and its credentials. As with {@code SecretHeaders}, neither {@link
 * #toString} nor an exception shows a value. Immutable, so thread-safe.
 */
public final class HttpRequestHeaders implements NetworkClient.RequestHeaders {
  private final Map<String, String> headers = new TreeMap<>();
  private final Secrets secrets;

  /**
   * Creates the headers.
   *
   * @param server its URL may contain credentials; an Authorization header takes precedence over them
   * @param proxy receives its credentials, with each request if it reads requests
   * @param readByProxy whether the proxy reads requests
   */
  public HttpRequestHeaders(
      Headers configured,
      Address server,
      Optional<Address> proxy,
      boolean readByProxy) {
    put(HttpHeaderNames.AUTHORIZATION.toString(), server.basicCredentials());
    if (readByProxy && proxy.isPresent()) {
      put(HttpHeaderNames.PROXY_AUTHORIZATION.toString(), proxy.get().basicCredentials());
    }
    configured.byName().forEach(this::put);
    List<String> secretTexts = new ArrayList<>(headers.values());
    secretTexts.addAll(server.secrets());
    proxy.ifPresent(address -> secretTexts.addAll(address.secrets()));
    this.secrets = new Secrets(secretTexts);
  }

  /** Adds the headers to those of a request. */
  void copyTo(HttpHeaders request) {
    headers.forEach(request::set);
  }

  @Override
  public Secrets secrets() {
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
