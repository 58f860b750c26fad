package cloud.gardener.logging.config;

import java.time.Duration;
import java.util.Map;

/**
 * Where requests go and how they travel.
 *
 * @param endpoint host:port, or a URL with a scheme
 * @param endpointUrl the URL for HTTP; empty where {@code endpoint} serves
 * @param urlPath the path below it, such as /v1/logs
 * @param proxy the URL of an HTTP proxy, or empty
 * @param insecure true for plaintext
 * @param compression how requests are compressed
 * @param timeout for one request, positive
 * @param headers sent with each request; secret, never to be logged
 */
public record EndpointConfig(
    String endpoint,
    String endpointUrl,
    String urlPath,
    String proxy,
    boolean insecure,
    Compression compression,
    Duration timeout,
    Map<String, String> headers) {}
