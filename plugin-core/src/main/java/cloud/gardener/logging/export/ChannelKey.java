package cloud.gardener.logging.export;

import cloud.gardener.logging.config.TlsConfig;
import java.util.Optional;
import java.util.Set;

/**
 * What makes two clients share a channel: everything that belongs to the connection, as opposed to
 * a call (headers' values, compression, timeout).
 *
 * @param host name or address
 * @param port of the backend
 * @param tls how the connection is secured; empty for plaintext
 * @param secretHeaders names of headers that must not enter the connection's header table
 */
record ChannelKey(String host, int port, Optional<TlsConfig> tls, Set<String> secretHeaders) {}
