package cloud.gardener.logging.export.grpc;

import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.config.value.Address;
import java.util.Optional;

/**
 * Clients with an equal key share a channel. The key contains everything that belongs to the connection, as opposed
 * to a call (headers, compression, timeout).
 *
 * @param host name or address
 * @param port of the backend
 * @param tls TLS settings; empty for plaintext
 * @param proxy the proxy to connect to instead; empty for none
 */
public record ChannelKey(String host, int port, Optional<TlsConfig> tls, Optional<Address> proxy) {}
