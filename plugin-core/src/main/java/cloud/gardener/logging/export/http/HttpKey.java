package cloud.gardener.logging.export.http;

import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.HostPort;
import cloud.gardener.logging.config.value.HttpVersion;
import cloud.gardener.logging.export.tls.TlsUse;
import java.util.Optional;

/**
 * Clients with an equal key share connections. The key contains everything that belongs to a connection, as opposed
 * to a request (path, headers, encoding, compression, timeout).
 *
 * @param server the backend
 * @param tls TLS settings; empty for plaintext
 * @param proxy the proxy to connect to instead; empty for none
 * @param version the HTTP version
 */
public record HttpKey(
    HostPort server,
    Optional<TlsConfig> tls,
    Optional<Address> proxy,
    HttpVersion version) {

  /** Written out as that of {@link HostPort}. */
  @Override
  public boolean equals(Object other) {
    return other instanceof HttpKey that
        && server.equals(that.server)
        && tls.equals(that.tls)
        && proxy.equals(that.proxy)
        && version == that.version;
  }

  @Override
  public int hashCode() {
    return 31 * server.hashCode() + tls.hashCode();
  }

  /** The protocols to offer in the TLS handshake. */
  public TlsUse tlsUse() {
    return switch (version) {
      case AUTO -> TlsUse.HTTP;
      case HTTP_1_1 -> TlsUse.HTTP_1;
      case HTTP_2 -> TlsUse.HTTP_2;
    };
  }

  /** Whether a connection may accept concurrent requests. */
  boolean mayBeHttp2() {
    return version == HttpVersion.HTTP_2 || version == HttpVersion.AUTO && tls.isPresent();
  }

  /** Whether a proxy forwards the bytes unread: it must for TLS and HTTP/2. */
  public boolean isTunnelled() {
    return proxy.isPresent() && (tls.isPresent() || version == HttpVersion.HTTP_2);
  }

  /** The peer to connect to: the proxy, if there is one. */
  HostPort peer() {
    return proxy.map(Address::server).orElse(server);
  }

  /** The name that the server's certificate must contain. */
  String serverName() {
    return tls.map(TlsConfig::serverName)
        .filter(name -> !name.isEmpty())
        .orElse(server.hostWithoutZone());
  }
}
