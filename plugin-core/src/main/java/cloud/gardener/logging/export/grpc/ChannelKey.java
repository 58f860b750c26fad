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
public record ChannelKey(HostPort server, Optional<TlsConfig> tls, Optional<Address> proxy) {}
