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
          "What the plugin does with the seed's records: noop (drops and counts them), stdout,"
              + " otlp_grpc, or otlp_http.");

  static final Key<TargetType> SHOOT_TYPE =
      Key.of("ShootType", Choices.TARGET, "noop", "The same for the records of shoots.");

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
          "Limit of one request; above 0. The shorter of this and"
              + " `DQueBatchProcessorExportTimeout` applies.");

  static final Key<Compression> COMPRESSION =
      Key.of(
          "Compression",
          Choices.COMPRESSION,
          "0",
          "Compression of requests: 0 or none, 1 or gzip, or zstd.");

  static final Key<Headers> HEADERS =
      Key.of(
              "Headers",
              ValueTypes.HEADERS,
              "{}",
              "Headers of each request: a JSON object of strings, or `key value,key value`."
                  + " Secret: never logged.")
          .withPrivacy(Key.Privacy.SECRET);

  static final Key<Optional<Path>> HEADERS_FILE =
      Key.of(
          "HeadersFile",
          OPTIONAL_FILE,
          "",
          "A file with more headers: a JSON object of strings, or a line `Name: value` for each."
              + " The plugin reads it again when it changes. Its headers take precedence over `Headers`"
              + " of the same name.");

  static final Key<Optional<Address>> ENDPOINT_URL =
      Key.of(
              "EndpointUrl",
              ValueTypes.OPTIONAL_URL,
              "",
              "For HTTP, a URL of the seed's backend that replaces `Endpoint`, see"
                  + " [endpoints](#endpoints). The plugin sends its user and password as Basic"
                  + " credentials.")
          .withPrivacy(Key.Privacy.URL);

  static final Key<String> ENDPOINT_URL_PATH =
      Key.of(
          "EndpointUrlPath",
          ValueTypes.URL_PATH,
          "/v1/logs",
          "For HTTP, the path of requests. It replaces the path of the URL, and is used"
              + " unchanged.")
          .withPrivacy(Key.Privacy.URL);

  static final Key<String> HTTP_PATH =
      Key.of(
          "HTTPPath",
          ValueTypes.OPTIONAL_URL_PATH,
          "",
          "For HTTP, the path of requests if `EndpointUrlPath` is not set.")
          .withPrivacy(Key.Privacy.URL);

  static final Key<Optional<Address>> HTTP_PROXY =
      Key.of(
              "HTTPProxy",
              ValueTypes.OPTIONAL_PROXY,
              "",
              "An HTTP proxy to use instead of the one in the environment, see"
                  + " [proxies](#proxies): `host:port`, or a URL of http, which can have a user and a"
                  + " password. Secret: never logged.")
          .withPrivacy(Key.Privacy.SECRET);

  static final Key<HttpEncoding> HTTP_ENCODING =
      Key.of(
          "HTTPEncoding",
          Choices.HTTP_ENCODING,
          "protobuf",
          "For HTTP, the format of requests: protobuf, or json (larger and slower).");

  static final Key<HttpVersion> HTTP_VERSION =
      Key.of(
          "HTTPVersion",
          Choices.HTTP_VERSION,
          "auto",
          "For HTTP, the protocol: auto (over TLS HTTP/2 or HTTP/1.1, as the server selects;"
              + " without TLS HTTP/1.1), 1.1, or 2.");

  static final Key<String> TLS_CERT_FILE =
      Key.of(
          "TLSCertFile",
          TEXT,
          "",
          "PEM certificate chain of the client; needs `TLSKeyFile`. The plugin reads this file,"
              + " the key and the authorities again when they change.");

  static final Key<String> TLS_KEY_FILE =
      Key.of(
          "TLSKeyFile",
          TEXT,
          "",
          "PEM key of the client, not encrypted, in PKCS#8, PKCS#1 or SEC1; needs `TLSCertFile`.");

  static final Key<String> TLS_CA_FILE =
      Key.of("TLSCAFile", TEXT, "", "PEM authorities to trust instead of those of the system.");

  static final Key<String> TLS_SERVER_NAME =
      Key.of(
          "TLSServerName",
          TEXT,
          "",
          "The name that the server's certificate must have, instead of the endpoint's host.");

  static final Key<Boolean> TLS_INSECURE_SKIP_VERIFY =
      Key.of(
          "TLSInsecureSkipVerify",
          BOOLEAN,
          "false",
          "Accept any certificate of the server. For tests only: anybody between client and"
              + " server can read the logs.");

  static final Key<String> TLS_MIN_VERSION =
      Key.of(
          "TLSMinVersion",
          Choices.TLS_VERSION,
          "1.2",
          "Lowest TLS version, 1.0 to 1.3. Versions below 1.2 work over HTTP/1.1 only, and only"
              + " if the JVM's `jdk.tls.disabledAlgorithms` allows them.");

  static final Key<String> TLS_MAX_VERSION =
      Key.of(
          "TLSMaxVersion",
          Choices.TLS_VERSION,
          "",
          "Highest TLS version, from `TLSMinVersion` to 1.3; empty: the newest.");

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
