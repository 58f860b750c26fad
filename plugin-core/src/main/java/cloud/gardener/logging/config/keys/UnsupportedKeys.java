package cloud.gardener.logging.config.keys;

import cloud.gardener.logging.config.value.TargetType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Keys that users set by habit: those of Fluent Bit's own outputs, and of older releases of the Go plugin. This plugin
 * does not read them, and logs which key to use instead.
 *
 * <p>Fluent Bit reserves {@code Host}, {@code Port}, {@code tls} and {@code tls.*}, so they are visible only if a host
 * passes them on. Otherwise an {@code Endpoint} that is not set indicates them.
 */
final class UnsupportedKeys {
  private static final String ENDPOINT = "use Endpoint host:port";
  private static final String TLS = "use Insecure false, the default, for TLS";
  private static final String TLS_VERIFY = "use TLSInsecureSkipVerify";
  private static final String PATH = "use EndpointUrlPath";
  private static final String CREDENTIALS = "use Headers with Authorization";
  private static final String ATTRIBUTES = "records keep their keys as attributes";

  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("Host", ENDPOINT),
          Map.entry("Port", ENDPOINT),
          Map.entry("Address", ENDPOINT),
          Map.entry("Url", "use Endpoint, or EndpointUrl for otlp_http"),
          Map.entry("Uri", PATH),
          Map.entry("Path", PATH),
          Map.entry("Logs_uri", PATH),
          Map.entry("Logs_uri_path", PATH),
          Map.entry("Type", "use SeedType"),
          Map.entry("Protocol", "use SeedType otlp_grpc or otlp_http"),
          Map.entry("Grpc", "use SeedType otlp_grpc"),
          Map.entry("Http2", "use HTTPVersion"),
          Map.entry("Header", "use Headers, one key for all of them"),
          Map.entry("Http_User", CREDENTIALS),
          Map.entry("Http_Passwd", CREDENTIALS),
          Map.entry("Http_Token", CREDENTIALS),
          Map.entry("Bearer_Token", CREDENTIALS),
          Map.entry("Tenant_ID", "use Headers with X-Scope-OrgID"),
          Map.entry("Compress", "use Compression"),
          Map.entry("Proxy", "use HTTPProxy"),
          Map.entry("Format", "use HTTPEncoding"),
          Map.entry("tls", TLS),
          Map.entry("tls.verify", TLS_VERIFY),
          Map.entry("tls.verify_hostname", TLS_VERIFY),
          Map.entry("tls.vhost", "use TLSServerName"),
          Map.entry("tls.ca_file", "use TLSCAFile"),
          Map.entry("tls.ca_path", "use TLSCAFile"),
          Map.entry("tls.crt_file", "use TLSCertFile"),
          Map.entry("tls.key_file", "use TLSKeyFile"),
          Map.entry("tls.key_passwd", "use TLSKeyFile with a key that is not encrypted"),
          Map.entry("tls.min_version", "use TLSMinVersion"),
          Map.entry("tls.max_version", "use TLSMaxVersion"),
          Map.entry("Batch_Size", "use DQueBatchProcessorMaxBatchSize"),
          Map.entry("BatchSize", "use DQueBatchProcessorMaxBatchSize"),
          Map.entry("BatchWait", "use DQueBatchProcessorExportInterval"),
          Map.entry("MinBackoff", "use RetryInitialInterval"),
          Map.entry("MaxBackoff", "use RetryMaxInterval"),
          Map.entry("QueueDir", "use DQueDir"),
          Map.entry("QueueName", "use DQueName"),
          Map.entry("QueueSync", "use DQueSync"),
          Map.entry("QueueSegmentSize", "use DQueSegmentSize"),
          Map.entry("HostnameKeyValue", "use HostnameValue"),
          Map.entry("Labels", ATTRIBUTES),
          Map.entry("Label_Keys", ATTRIBUTES),
          Map.entry("Add_Label", ATTRIBUTES));

  private UnsupportedKeys() {}

  /** The names to ask the host for in addition to the plugin's own. */
  static List<String> names() {
    return KEYS.keySet().stream().sorted().toList();
  }

  /** Returns warnings for the keys that are set. Their values are not read: they may be secrets. */
  static List<String> warnings(Function<String, String> property, Settings settings, TargetType seed) {
    List<String> warnings = new ArrayList<>();
    List<String> found = names().stream().filter(name -> property.apply(name) != null).toList();
    if (!found.isEmpty()) {
      warnings.add(
          found.stream()
              .map(name -> name + " (" + KEYS.get(name) + ")")
              .collect(Collectors.joining(", ", "set, but no keys of this plugin: ", "")));
    }
    if (sendsToTheDefaultEndpoint(settings, seed)) {
      warnings.add(
          "Endpoint is not set, so records go to " + BackendKeys.ENDPOINT.defaultText()
              + "; Fluent Bit keeps Host, Port and tls for its own outputs: set Endpoint host:port,"
              + " and Insecure true for plaintext");
    }
    return warnings;
  }

  private static boolean sendsToTheDefaultEndpoint(Settings settings, TargetType seed) {
    return switch (seed) {
      case NOOP, STDOUT -> false;
      case OTLP_GRPC -> !settings.isSet(BackendKeys.ENDPOINT);
      case OTLP_HTTP ->
          !settings.isSet(BackendKeys.ENDPOINT) && !settings.isSet(BackendKeys.ENDPOINT_URL);
    };
  }
}
