package cloud.gardener.logging.export.http;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.HeaderConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.config.value.Headers;
import cloud.gardener.logging.config.value.HttpEncoding;
import cloud.gardener.logging.config.value.HttpVersion;
import cloud.gardener.logging.export.clients.Exports;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Settings of HTTP: the defaults over plaintext, but for what a test changes. */
public final class HttpSettings {
  private String path = "";
  private String proxy = "";
  private boolean insecure = true;
  private Compression compression = Compression.NONE;
  private Duration timeout = Exports.LONG;
  private HeaderConfig headers = HeaderConfig.of(Headers.NONE);
  private HttpEncoding encoding = HttpEncoding.PROTOBUF;
  private HttpVersion version = HttpVersion.AUTO;

  HttpSettings path(String other) {
    path = other;
    return this;
  }

  public HttpSettings proxy(String other) {
    proxy = other;
    return this;
  }

  public HttpSettings secure() {
    insecure = false;
    return this;
  }

  HttpSettings compression(Compression other) {
    compression = other;
    return this;
  }

  HttpSettings timeout(Duration other) {
    timeout = other;
    return this;
  }

  HttpSettings headers(Map<String, String> other) {
    return headers(HeaderConfig.of(new Headers(other)));
  }

  public HttpSettings headers(HeaderConfig other) {
    headers = other;
    return this;
  }

  HttpSettings encoding(HttpEncoding other) {
    encoding = other;
    return this;
  }

  public HttpSettings version(HttpVersion other) {
    version = other;
    return this;
  }

  public EndpointConfig build() {
    return new EndpointConfig(
        Exports.NOWHERE,
        Optional.empty(),
        path,
        proxy.isEmpty() ? Optional.empty() : Optional.of(Address.ofProxy(proxy)),
        insecure,
        compression,
        timeout,
        headers,
        encoding,
        version);
  }
}
