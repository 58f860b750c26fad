package cloud.gardener.logging.config;

import java.time.Duration;
import java.util.Map;

/**
 * Where requests go and how they travel.
 *
 * @param endpoint {@code host:port}, or a URL of http or https; may carry credentials
 * @param endpointUrl the URL for HTTP; empty where {@code endpoint} serves; may carry credentials
 * @param urlPath the path of requests over HTTP; empty for that of the URL, or else /v1/logs
 * @param proxy an HTTP proxy, {@code host:port} or its URL, or empty; secret
 * @param insecure true for plaintext
 * @param compression how requests are compressed
 * @param timeout for one request, positive
 * @param headers sent with each request; secret, never to be logged
 * @param httpEncoding how requests over HTTP are written
 * @param httpVersion what is spoken over HTTP
 */
public record EndpointConfig(
    String endpoint,
    String endpointUrl,
    String urlPath,
    String proxy,
    boolean insecure,
    Compression compression,
    Duration timeout,
    Map<String, String> headers,
    HttpEncoding httpEncoding,
    HttpVersion httpVersion) {

  /** Checks the timeout and copies the headers. */
  public EndpointConfig {
    Checks.that(timeout.toNanos() > 0, "timeout is positive");
    headers = Map.copyOf(headers);
  }

  /**
   * Where the seed's requests go.
   *
   * @return {@code host:port} or a URL; may carry credentials
   */
  public String seedEndpoint(TargetType type) {
    return type == TargetType.OTLP_HTTP && !endpointUrl.isEmpty() ? endpointUrl : endpoint;
  }

  /** Without headers and credentials, so that it may be logged. */
  @Override
  public String toString() {
    return "EndpointConfig[endpoint=" + Addresses.withoutCredentials(endpoint)
        + ", endpointUrl=" + Addresses.withoutCredentials(endpointUrl)
        + ", urlPath=" + urlPath
        + ", proxy=" + (proxy.isEmpty() ? "none" : "hidden")
        + ", insecure=" + insecure
        + ", compression=" + compression
        + ", timeout=" + timeout
        + ", headers=" + headers.size() + " hidden"
        + ", httpEncoding=" + httpEncoding
        + ", httpVersion=" + httpVersion + "]";
  }
}
