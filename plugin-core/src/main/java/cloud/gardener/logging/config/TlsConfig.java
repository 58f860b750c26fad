package cloud.gardener.logging.config;

/**
 * TLS towards the backend; empty strings mean "not set".
 *
 * @param certFile PEM certificate chain of the client
 * @param keyFile PEM key of the client
 * @param caFile PEM authorities to trust instead of the system's
 * @param serverName the name that the server's certificate must have, instead of the endpoint's
 * @param insecureSkipVerify true to trust every server
 * @param minVersion lowest protocol version, such as 1.2
 * @param maxVersion highest protocol version; empty for the newest
 */
public record TlsConfig(
    String certFile,
    String keyFile,
    String caFile,
    String serverName,
    boolean insecureSkipVerify,
    String minVersion,
    String maxVersion) {}
