package cloud.gardener.logging.config;

import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.Addresses;
import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.config.value.Headers;
import cloud.gardener.logging.config.value.HttpEncoding;
import cloud.gardener.logging.config.value.HttpVersion;
import cloud.gardener.logging.config.value.TargetType;
import java.time.Duration;
import java.util.Optional;

/**
 * Where and how requests are sent.
 *
 * @param endpoint the seed's backend
 * @param endpointUrl the URL for HTTP; empty: {@code endpoint} is used
 * @param urlPath the path of requests over HTTP, used unchanged; empty: the path of the URL
 * @param proxy an HTTP proxy; empty: the one that the environment names
 * @param insecure true for plaintext
 * @param compression how requests are compressed
 * @param timeout for one request, positive
 * @param headers sent with each request; secret, never to be logged
 * @param httpEncoding encoding of requests over HTTP
 * @param httpVersion protocol version over HTTP
 */
public record EndpointConfig(
    Address endpoint,
    Optional<Address> endpointUrl,
    String urlPath,
    Optional<Address> proxy,
    boolean insecure,
    Compression compression,
    Duration timeout,
    HeaderConfig headers,
    HttpEncoding httpEncoding,
    HttpVersion httpVersion) {

  /** Checks the timeout. */
  public EndpointConfig {
    Checks.require(timeout.toNanos() > 0, "timeout is positive");
  }

  /** Returns the endpoint for the seed's requests. */
  public Address seedEndpoint(TargetType type) {
    return switch (type) {
      case OTLP_HTTP -> endpointUrl.orElse(endpoint);
      case NOOP, STDOUT, OTLP_GRPC -> endpoint;
    };
  }

  /** Whether requests to an endpoint are sent over TLS: its scheme decides, else {@code Insecure}. */
  public boolean usesTls(Address destination) {
    return switch (destination.security()) {
      case TLS -> true;
      case PLAINTEXT -> false;
      case UNSPECIFIED -> !insecure;
    };
  }

  /** Returns the configuration for the target of a shoot, whose headers take precedence. */
  public EndpointConfig withShootHeaders(Headers ofShoot) {
    return new EndpointConfig(
        endpoint,
        endpointUrl,
        urlPath,
        proxy,
        insecure,
        compression,
        timeout,
        new HeaderConfig(headers.fixed(), headers.file(), ofShoot),
        httpEncoding,
        httpVersion);
  }

  /** Without headers and credentials, so that it may be logged. */
  @Override
  public String toString() {
    return "EndpointConfig[endpoint=" + endpoint
        + ", endpointUrl=" + endpointUrl.map(Address::redacted).orElse("")
        + ", urlPath=" + Addresses.redact(urlPath)
        + ", proxy=" + (proxy.isEmpty() ? "none" : "hidden")
        + ", insecure=" + insecure
        + ", compression=" + compression
        + ", timeout=" + timeout
        + ", headers=" + headers
        + ", httpEncoding=" + httpEncoding
        + ", httpVersion=" + httpVersion + "]";
  }
}
