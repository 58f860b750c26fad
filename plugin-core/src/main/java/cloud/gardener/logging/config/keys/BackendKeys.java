package cloud.gardener.logging.config.keys;

import static cloud.gardener.logging.config.keys.ValueTypes.BOOLEAN;
import static cloud.gardener.logging.config.keys.ValueTypes.OPTIONAL_FILE;
import static cloud.gardener.logging.config.keys.ValueTypes.TEXT;

import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.config.value.Headers;
import cloud.gardener.logging.config.value.HttpEncoding;
import cloud.gardener.logging.config.value.HttpVersion;
import cloud.gardener.logging.config.value.TargetType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the backends and of the transport of requests. */
final class BackendKeys {
  static final Key<TargetType> SEED_TYPE =
      Key.of(
          "SeedType",
          Choices.TARGET,
          "noop",
          "What the seed's target does with its records: noop (drops and counts them), stdout,"
              + " otlp_grpc, or otlp_http.");

  static final Key<TargetType> SHOOT_TYPE =
      Key.of("ShootType", Choices.TARGET, "noop", "The same for the targets of shoots.");

  static final Key<Address> ENDPOINT =
      Key.of(
              "Endpoint",
              ValueTypes.ENDPOINT,
              "localhost:4317",
              "The seed's backend: `host:port`, `dns:///host:port`, or a URL with its scheme (and path, for"
                  + " HTTP, see [endpoints](#endpoints)).")
          .withPrivacy(Key.Privacy.URL);

  static final Key<Boolean> INSECURE =
      Key.of("Insecure", BOOLEAN, "false", "Plaintext instead of TLS.");

  static final Key<Duration> TIMEOUT =
      Key.of(
          "Timeout",
          ValueTypes.POSITIVE_DURATION,
          "30s",
          "How long one request may take; above 0. Of this and"
              + " `DQueBatchProcessorExportTimeout` the shorter counts.");

  static final Key<Compression> COMPRESSION =
      Key.of(
          "Compression",
          Choices.COMPRESSION,
          "0",
          "How requests are compressed: 0 or none, 1 or gzip, or zstd.");

  static final Key<Headers> HEADERS =
      Key.of(
              "Headers",
              ValueTypes.HEADERS,
              "{}",
              "Sent with each request: a JSON object of strings, or `key value,key value`."
                  + " Secret: never logged.")
          .withPrivacy(Key.Privacy.SECRET);

  static final Key<Optional<Path>> HEADERS_FILE =
      Key.of(
          "HeadersFile",
          OPTIONAL_FILE,
          "",
          "A file with more headers: a JSON object of strings, or a line `Name: value` each. They come"
              + " before `Headers` of the same names, and are read again when the file changes.");

  static final Key<Optional<Address>> ENDPOINT_URL =
      Key.of(
              "EndpointUrl",
              ValueTypes.OPTIONAL_URL,
              "",
              "For HTTP, a URL of the seed's backend to use instead of `Endpoint`, see"
                  + " [endpoints](#endpoints). Its user and password, if any, are sent as Basic"
                  + " credentials.")
          .withPrivacy(Key.Privacy.URL);

  static final Key<String> ENDPOINT_URL_PATH =
      Key.of(
          "EndpointUrlPath",
          ValueTypes.URL_PATH,
          "/v1/logs",
          "For HTTP, the path of requests, used as it is and instead of the URL's.");

  static final Key<String> HTTP_PATH =
      Key.of(
          "HTTPPath",
          ValueTypes.OPTIONAL_URL_PATH,
          "",
          "For HTTP, the path of requests where `EndpointUrlPath` is not set.");

  static final Key<Optional<Address>> HTTP_PROXY =
      Key.of(
              "HTTPProxy",
              ValueTypes.OPTIONAL_PROXY,
              "",
              "An HTTP proxy, instead of the one that the environment names, see [proxies](#proxies):"
                  + " `host:port`, or a URL of http, which may carry a user and a password. Secret:"
                  + " never logged.")
          .withPrivacy(Key.Privacy.SECRET);

  static final Key<HttpEncoding> HTTP_ENCODING =
      Key.of(
          "HTTPEncoding",
          Choices.HTTP_ENCODING,
          "protobuf",
          "For HTTP, how requests are written: protobuf, or json (larger and slower).");

  static final Key<HttpVersion> HTTP_VERSION =
      Key.of(
          "HTTPVersion",
          Choices.HTTP_VERSION,
          "auto",
          "For HTTP, what is spoken: auto (over TLS HTTP/2 or HTTP/1.1, as the server likes; else"
              + " HTTP/1.1), 1.1, or 2.");

  static final Key<String> TLS_CERT_FILE =
      Key.of(
          "TLSCertFile",
          TEXT,
          "",
          "PEM certificate chain of the client; needs `TLSKeyFile`. This file, the key and the"
              + " authorities are read again when they change.");

  static final Key<String> TLS_KEY_FILE =
      Key.of(
          "TLSKeyFile",
          TEXT,
          "",
          "PEM key of the client, not encrypted, in PKCS#8, PKCS#1 or SEC1; needs `TLSCertFile`.");

  static final Key<String> TLS_CA_FILE =
      Key.of("TLSCAFile", TEXT, "", "PEM authorities to trust instead of the system's.");

  static final Key<String> TLS_SERVER_NAME =
      Key.of(
          "TLSServerName",
          TEXT,
          "",
          "The name that the server's certificate must carry, instead of the endpoint's.");

  static final Key<Boolean> TLS_INSECURE_SKIP_VERIFY =
      Key.of(
          "TLSInsecureSkipVerify",
          BOOLEAN,
          "false",
          "Trust every server. For tests only: whoever sits in between can read the logs.");

  static final Key<String> TLS_MIN_VERSION =
      Key.of(
          "TLSMinVersion",
          Choices.TLS_VERSION,
          "1.2",
          "Lowest TLS version, 1.0 to 1.3. Below 1.2 is spoken over HTTP/1.1 only, and where the"
              + " JVM's `jdk.tls.disabledAlgorithms` allows it.");

  static final Key<String> TLS_MAX_VERSION =
      Key.of(
          "TLSMaxVersion",
          Choices.TLS_VERSION,
          "",
          "Highest TLS version, `TLSMinVersion` to 1.3; empty: the newest.");

  static final List<KeyGroup> GROUPS =
      List.of(
          new KeyGroup("Targets", List.of(SEED_TYPE, SHOOT_TYPE)),
          new KeyGroup(
              "Endpoint",
              List.of(
                  ENDPOINT,
                  INSECURE,
                  TIMEOUT,
                  COMPRESSION,
                  HEADERS,
                  HEADERS_FILE,
                  ENDPOINT_URL,
                  ENDPOINT_URL_PATH,
                  HTTP_PATH,
                  HTTP_PROXY,
                  HTTP_ENCODING,
                  HTTP_VERSION)),
          new KeyGroup(
              "TLS",
              List.of(
                  TLS_CERT_FILE,
                  TLS_KEY_FILE,
                  TLS_CA_FILE,
                  TLS_SERVER_NAME,
                  TLS_INSECURE_SKIP_VERIFY,
                  TLS_MIN_VERSION,
                  TLS_MAX_VERSION)));

  private BackendKeys() {}
}
