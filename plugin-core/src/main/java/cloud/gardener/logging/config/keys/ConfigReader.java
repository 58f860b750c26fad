package cloud.gardener.logging.config.keys;

import cloud.gardener.logging.config.BatchConfig;
import cloud.gardener.logging.config.ConfigException;
import cloud.gardener.logging.config.ControllerConfig;
import cloud.gardener.logging.config.DynamicHostConfig;
import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.HeaderConfig;
import cloud.gardener.logging.config.MappingConfig;
import cloud.gardener.logging.config.MetadataConfig;
import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.QueueConfig;
import cloud.gardener.logging.config.RetryConfig;
import cloud.gardener.logging.config.SdkBatchConfig;
import cloud.gardener.logging.config.StateTables;
import cloud.gardener.logging.config.ThrottleConfig;
import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.config.syntax.BadValueException;
import cloud.gardener.logging.config.syntax.Re2;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.EndpointTemplate;
import cloud.gardener.logging.config.value.Headers;
import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.config.value.TargetType;
import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Creates the configuration records from the settings, and validates combinations of settings. Rejects only what can
 * never work: a section that worked with the Go plugin must work here.
 */
public final class ConfigReader {
  private final Settings settings;

  private ConfigReader(Settings settings) {
    this.settings = settings;
  }

  /**
   * Reads a section. If several settings are invalid, the first is reported.
   *
   * @param property returns the value of one of {@link ConfigKeys#spellings()}, or null if it is not set
   * @throws ConfigException with a one-line message that names the setting, its value and what is accepted
   */
  public static PluginConfig parse(Function<String, String> property) throws ConfigException {
    return new ConfigReader(new Settings(property)).read();
  }

  private PluginConfig read() throws ConfigException {
    return new PluginConfig(
        settings.get(BackendKeys.SEED_TYPE),
        settings.get(BackendKeys.SHOOT_TYPE),
        readEndpoint(),
        readTls(),
        readRetry(),
        new ThrottleConfig(
            settings.get(SendingKeys.THROTTLE_ENABLED),
            settings.get(SendingKeys.THROTTLE_REQUESTS_PER_SEC)),
        readQueue(),
        new BatchConfig(
            settings.get(QueueKeys.MAX_BATCH_SIZE),
            settings.get(QueueKeys.EXPORT_INTERVAL),
            settings.get(QueueKeys.EXPORT_BUFFER_SIZE)),
        new SdkBatchConfig(
            settings.get(SendingKeys.USE_SDK_BATCH_PROCESSOR),
            settings.get(SendingKeys.SDK_MAX_QUEUE_SIZE),
            settings.get(SendingKeys.SDK_EXPORT_TIMEOUT),
            settings.get(SendingKeys.SDK_EXPORT_INTERVAL),
            settings.get(SendingKeys.SDK_MAX_BATCH_SIZE)),
        readDynamicHost(),
        new ControllerConfig(
            settings.get(ShootKeys.CONTROLLER_SYNC_TIMEOUT),
            settings.get(ShootKeys.HOLD_UNTIL_SYNCED),
            settings.get(ShootKeys.DELETED_CLIENT_TIME_EXPIRATION),
            settings.get(ShootKeys.WATCH_COLLECTOR),
            settings.get(ShootKeys.COLLECTOR_SELECTOR),
            settings.get(ShootKeys.COLLECTOR_NAMESPACE_SELECTOR)),
        new StateTables(readStates(StateKeys.TO_SHOOT), readStates(StateKeys.TO_SEED)),
        readMetadata(),
        new MappingConfig(
            settings.get(MappingKeys.HOSTNAME_VALUE),
            settings.get(MappingKeys.ORIGIN),
            settings.get(MappingKeys.KUBERNETES_ATTRIBUTES),
            settings.get(MappingKeys.BODY_KEYS),
            settings.get(MappingKeys.BODY_FORMAT),
            settings.get(MappingKeys.PARSE_JSON_BODY),
            settings.get(MappingKeys.SEVERITY_KEYS),
            settings.get(MappingKeys.SEVERITY_FROM_TEXT),
            settings.get(MappingKeys.SERVICE_NAME),
            settings.get(MappingKeys.POD_LABELS)),
        settings.get(ProcessKeys.LOG_LEVEL),
        settings.get(ProcessKeys.PPROF),
        settings.get(ProcessKeys.METRICS_PORT),
        settings.get(ProcessKeys.METRICS_ADDRESS),
        settings.get(ProcessKeys.FLUENT_BIT_METRICS_PORT),
        settings.get(ProcessKeys.SHUTDOWN_GRACE));
  }

  private EndpointConfig readEndpoint() throws ConfigException {
    boolean hasUrlPath = settings.isSet(BackendKeys.ENDPOINT_URL_PATH);
    EndpointConfig endpoint =
        new EndpointConfig(
            settings.get(BackendKeys.ENDPOINT),
            settings.get(BackendKeys.ENDPOINT_URL),
            settings.get(hasUrlPath ? BackendKeys.ENDPOINT_URL_PATH : BackendKeys.HTTP_PATH),
            settings.get(BackendKeys.HTTP_PROXY),
            settings.get(BackendKeys.INSECURE),
            settings.get(BackendKeys.COMPRESSION),
            min(settings.get(BackendKeys.TIMEOUT), settings.get(QueueKeys.EXPORT_TIMEOUT)),
            new HeaderConfig(
                settings.get(BackendKeys.HEADERS),
                settings.get(BackendKeys.HEADERS_FILE),
                Headers.NONE),
            settings.get(BackendKeys.HTTP_ENCODING),
            settings.get(BackendKeys.HTTP_VERSION));
    TargetType type = settings.get(BackendKeys.SEED_TYPE);
    Address seedEndpoint = endpoint.seedEndpoint(type);
    checkEndpoint(
        settings.spelling(
            seedEndpoint == endpoint.endpoint() ? BackendKeys.ENDPOINT : BackendKeys.ENDPOINT_URL),
        seedEndpoint,
        type);
    return endpoint;
  }

  /** Reads the endpoints of shoots, so that an invalid one is reported at the start, not with the first shoot. */
  private DynamicHostConfig readDynamicHost() throws ConfigException {
    DynamicHostConfig dynamicHost =
        new DynamicHostConfig(
            settings.get(ShootKeys.DYNAMIC_HOST_PATH),
            new EndpointTemplate(
                settings.get(ShootKeys.DYNAMIC_HOST_PREFIX),
                settings.get(ShootKeys.DYNAMIC_HOST_SUFFIX)),
            settings.get(ShootKeys.DYNAMIC_HOST_REGEX),
            settings.get(ShootKeys.SHOOT_HEADERS));
    TargetType type = settings.get(BackendKeys.SHOOT_TYPE);
    if (!dynamicHost.path().isEmpty() && type.isRemote()) {
      String keys = "DynamicHostPrefix and DynamicHostSuffix around a namespace";
      try {
        checkEndpoint(keys, dynamicHost.endpoint().resolve(type, DynamicHostConfig.ANY_NAMESPACE), type);
      } catch (IllegalArgumentException e) {
        throw new ConfigException(
            keys + ": " + e.getMessage() + "; accepted is " + ValueTypes.ENDPOINT.accepted());
      }
    }
    return dynamicHost;
  }

  /** Checks that an endpoint is compatible with the other settings. */
  private void checkEndpoint(String keys, Address address, TargetType type) throws ConfigException {
    boolean sendsPathAndCredentials =
        switch (type) {
          case NOOP, STDOUT, OTLP_HTTP -> true;
          case OTLP_GRPC -> false;
        };
    if (type.isRemote()) {
      checkSecurity(keys, address);
    }
    if (!sendsPathAndCredentials) {
      checkHostAndPort(keys, address);
    }
  }

  private void checkSecurity(String keys, Address address) throws ConfigException {
    if (address.security() == Address.Security.TLS && settings.get(BackendKeys.INSECURE)) {
      throw new ConfigException(
          keys + ": \"" + address + "\" asks for TLS and "
              + settings.spelling(BackendKeys.INSECURE)
              + " true for plaintext; accepted is one of them");
    }
  }

  private static void checkHostAndPort(String keys, Address address) throws ConfigException {
    boolean hasPath = !address.path().isEmpty() && !address.path().equals("/");
    if (hasPath || !address.query().isEmpty()) {
      throw new ConfigException(
          keys + ": \"" + address + "\" has a path or a query, which otlp_grpc cannot use; accepted"
              + " is host:port or a URL without a path, or the type otlp_http");
    }
    if (address.hasCredentials()) {
      throw new ConfigException(
          keys + ": otlp_grpc sends no credentials of a URL; accepted is a header Authorization in"
              + " Headers or HeadersFile");
    }
  }

  private TlsConfig readTls() throws ConfigException {
    requireBoth(BackendKeys.TLS_CERT_FILE, BackendKeys.TLS_KEY_FILE);
    requireBoth(BackendKeys.TLS_KEY_FILE, BackendKeys.TLS_CERT_FILE);
    String min = settings.get(BackendKeys.TLS_MIN_VERSION);
    String max = settings.get(BackendKeys.TLS_MAX_VERSION);
    if (!max.isEmpty() && min.compareTo(max) > 0) {
      throw new ConfigException(
          "TLSMaxVersion: \"" + max + "\" is below TLSMinVersion (" + min + "); accepted is "
              + min + " or higher");
    }
    return new TlsConfig(
        settings.get(BackendKeys.TLS_CERT_FILE),
        settings.get(BackendKeys.TLS_KEY_FILE),
        settings.get(BackendKeys.TLS_CA_FILE),
        settings.get(BackendKeys.TLS_SERVER_NAME),
        settings.get(BackendKeys.TLS_INSECURE_SKIP_VERIFY),
        min,
        max);
  }

  private RetryConfig readRetry() throws ConfigException {
    boolean enabled = settings.get(SendingKeys.RETRY_ENABLED);
    Duration initial = settings.get(SendingKeys.RETRY_INITIAL_INTERVAL);
    Duration max = settings.get(SendingKeys.RETRY_MAX_INTERVAL);
    boolean reversed = initial.compareTo(max) > 0;
    if (enabled && reversed) {
      throw new ConfigException(
          "RetryMaxInterval: " + formatSeconds(max) + " is below RetryInitialInterval ("
              + formatSeconds(initial) + "); accepted is " + formatSeconds(initial) + " or more");
    }
    // Without backoff the first pause has no effect, and the Go plugin does not read it.
    return new RetryConfig(
        enabled,
        reversed ? max : initial,
        max,
        settings.get(SendingKeys.RETRY_MAX_ELAPSED_TIME),
        settings.get(SendingKeys.REFUSED_POLICY));
  }

  private QueueConfig readQueue() throws ConfigException {
    long maxBytes = settings.get(QueueKeys.MAX_BYTES);
    long totalMaxBytes = settings.get(QueueKeys.TOTAL_MAX_BYTES);
    if (totalMaxBytes < maxBytes) {
      if (settings.isSet(QueueKeys.TOTAL_MAX_BYTES)) {
        throw new ConfigException(
            "DQueTotalMaxBytes: " + totalMaxBytes + " bytes are less than DQueMaxBytes (" + maxBytes
                + " bytes); accepted is DQueMaxBytes or more");
      }
      totalMaxBytes = maxBytes;
    }
    return new QueueConfig(
        settings.get(QueueKeys.DIR),
        settings.get(QueueKeys.NAME),
        settings.get(QueueKeys.SEGMENT_SIZE),
        settings.get(QueueKeys.SYNC),
        maxBytes,
        totalMaxBytes,
        settings.get(QueueKeys.FULL_POLICY),
        settings.get(QueueKeys.MAX_QUEUE_SIZE),
        QueueConfig.SMALL_BYTES);
  }

  private MetadataConfig readMetadata() throws ConfigException {
    String prefix = settings.get(MappingKeys.TAG_PREFIX);
    String expression = settings.get(MappingKeys.TAG_EXPRESSION);
    boolean fallback = settings.get(MappingKeys.FALLBACK_TO_TAG);
    Pattern tagExpression = compileTagExpression(prefix, expression);
    int groups = tagExpression.matcher("").groupCount();
    if (fallback && groups != MetadataConfig.TAG_GROUPS) {
      throw new ConfigException(
          "TagPrefix and TagExpression: " + MappingKeys.TAG_EXPRESSION.quoteRedacted(prefix + expression)
              + " has " + groups + " groups; accepted are the four of pod, namespace, container and"
              + " container id");
    }
    return new MetadataConfig(
        fallback,
        settings.get(MappingKeys.DROP_WITHOUT_METADATA),
        settings.get(MappingKeys.TAG_KEY),
        tagExpression);
  }

  /** Compiles both parts together: they form one expression, so a group may begin in one and end in the other. */
  private static Pattern compileTagExpression(String prefix, String expression) throws ConfigException {
    try {
      return Re2.compile(prefix + expression);
    } catch (BadValueException e) {
      throw new ConfigException(
          "TagPrefix and TagExpression: " + MappingKeys.TAG_EXPRESSION.quoteRedacted(prefix + expression)
              + " cannot be used: " + e.getMessage()
              + "; accepted are two parts of one regular expression");
    }
  }

  private Set<ShootState> readStates(Map<ShootState, Key<Boolean>> keys) throws ConfigException {
    Set<ShootState> states = EnumSet.noneOf(ShootState.class);
    for (Map.Entry<ShootState, Key<Boolean>> entry : keys.entrySet()) {
      if (settings.get(entry.getValue())) {
        states.add(entry.getKey());
      }
    }
    return states;
  }

  private void requireBoth(Key<String> key, Key<String> other) throws ConfigException {
    if (settings.isSet(key) && !settings.isSet(other)) {
      throw new ConfigException(
          key.name() + " is set and " + other.name() + " is not; accepted are both or none");
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static String formatSeconds(Duration duration) {
    return duration.toNanos() / 1e9 + "s";
  }
}
