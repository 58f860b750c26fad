package cloud.gardener.logging.export.grpc;

import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.config.value.Address;
import java.util.Optional;

/**
 * What makes two clients share a channel: everything that belongs to the connection, as opposed to
 * a call (headers, compression, timeout).
 *
 * @param host name or address
 * @param port of the backend
 * @param tls how the connection is secured; empty for plaintext
 * @param proxy what is connected to instead
 */
public record ChannelKey(String host, int port, Optional<TlsConfig> tls, Optional<Address> proxy) {}
