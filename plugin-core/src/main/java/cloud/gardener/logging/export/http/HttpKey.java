package cloud.gardener.logging.export.http;

import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.HttpVersion;
import cloud.gardener.logging.export.tls.TlsUse;
import java.util.Optional;

/**
 * What makes two clients share connections: everything that belongs to a connection, as opposed to a
 * request (path, headers, encoding, compression, timeout).
 *
 * @param host name or address
 * @param port of the backend
 * @param tls how connections are secured; empty for plaintext
 * @param proxy what is connected to instead
 * @param version what is spoken
 */
public record HttpKey(
    String host,
    int port,
    Optional<TlsConfig> tls,
    Optional<Address> proxy,
    HttpVersion version) {

  /** What is agreed on in a TLS handshake. */
  public TlsUse tlsUse() {
    return switch (version) {
      case AUTO -> TlsUse.HTTP;
      case HTTP_1_1 -> TlsUse.HTTP_1;
      case HTTP_2 -> TlsUse.HTTP_2;
    };
  }

  /** Whether a connection may turn out to take many requests at once. */
  boolean mayBeHttp2() {
    return version == HttpVersion.HTTP_2 || version == HttpVersion.AUTO && tls.isPresent();
  }

  /** Whether a proxy passes our bytes on without a look at them: it must for TLS and HTTP/2. */
  public boolean isTunnelled() {
    return proxy.isPresent() && (tls.isPresent() || version == HttpVersion.HTTP_2);
  }

  /** The name that the server's certificate must carry. */
  String serverName() {
    int zone = host.indexOf('%');
    return tls.map(TlsConfig::serverName)
        .filter(name -> !name.isEmpty())
        .orElse(zone < 0 ? host : host.substring(0, zone));
  }
}
