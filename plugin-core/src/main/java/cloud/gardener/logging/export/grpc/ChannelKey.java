package cloud.gardener.logging.export.grpc;

import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.HostPort;
import java.util.Optional;

/**
 * Clients with an equal key share a channel. The key contains everything that belongs to the connection, as opposed
 * to a call (headers, compression, timeout).
 *
 * @param server the backend
 * @param tls TLS settings; empty for plaintext
 * @param proxy the proxy to connect to instead; empty for none
 */
public record ChannelKey(HostPort server, Optional<TlsConfig> tls, Optional<Address> proxy) {
  /** Written out as that of {@link HostPort}. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelKey that
        && server.equals(that.server)
        && tls.equals(that.tls)
        && proxy.equals(that.proxy);
  }

  @Override
  public int hashCode() {
    return 31 * server.hashCode() + tls.hashCode();
  }
}
