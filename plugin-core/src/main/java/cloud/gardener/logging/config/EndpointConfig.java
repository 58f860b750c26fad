package cloud.gardener.logging.config;

import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.Addresses;
import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.config.value.HttpEncoding;
import cloud.gardener.logging.config.value.HttpVersion;
import cloud.gardener.logging.config.value.TargetType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where requests go and how they travel.
 *
 * @param endpoint the seed's backend
 * @param endpointUrl the URL for HTTP; empty where {@code endpoint} serves
 * @param urlPath the path of requests over HTTP, to be taken as it is; empty for that of the URL
 * @param proxy an HTTP proxy; empty for what the environment says
 * @param insecure true for plaintext
 * @param compression how requests are compressed
 * @param timeout for one request, positive
 * @param headers sent with each request; secret, never to be logged
 * @param httpEncoding how requests over HTTP are written
 * @param httpVersion what is spoken over HTTP
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
    Checks.that(timeout.toNanos() > 0, "timeout is positive");
  }

  /** Where the seed's requests go. */
  public Address seedEndpoint(TargetType type) {
    return type == TargetType.OTLP_HTTP ? endpointUrl.orElse(endpoint) : endpoint;
  }

  /** The same for the target of a shoot, with its headers before the others. */
  public EndpointConfig withShootHeaders(Map<String, String> ofShoot) {
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
        + ", endpointUrl=" + endpointUrl.map(Address::shown).orElse("")
        + ", urlPath=" + Addresses.withoutSecrets(urlPath)
        + ", proxy=" + (proxy.isEmpty() ? "none" : "hidden")
        + ", insecure=" + insecure
        + ", compression=" + compression
        + ", timeout=" + timeout
        + ", headers=" + headers
        + ", httpEncoding=" + httpEncoding
        + ", httpVersion=" + httpVersion + "]";
  }
}
