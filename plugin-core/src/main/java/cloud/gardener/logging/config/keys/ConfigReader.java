package cloud.gardener.logging.config.keys;

import cloud.gardener.logging.config.BatchConfig;
import cloud.gardener.logging.config.ConfigException;
import cloud.gardener.logging.config.ConfigException.Problem;
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
import cloud.gardener.logging.config.value.EndpointTemplate;
import cloud.gardener.logging.config.value.Headers;
import cloud.gardener.logging.config.value.ShootState;
import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Creates the configuration records from the settings. Rejects only what can never work: a section that worked with the
 * Go plugin must work here.
 */
public final class ConfigReader {
  private final Settings settings;

  private ConfigReader(Settings settings) {
    this.settings = settings;
  }

  /**
   * Reads a section.
   *
   * @param property returns the value of one of {@link ConfigKeys#spellings()}, or null if it is not set
   * @throws ConfigException with every wrong value, and every combination of right values that cannot work
   */
  public static PluginConfig parse(Function<String, String> property) throws ConfigException {
    Settings settings = Settings.read(property);
    List<Problem> problems =
        Stream.concat(settings.problems().stream(), Combinations.check(settings).stream()).toList();
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new ConfigReader(settings).read();
  }

  private PluginConfig read() {
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

  private EndpointConfig readEndpoint() {
    boolean hasUrlPath = settings.isSet(BackendKeys.ENDPOINT_URL_PATH);
    return new EndpointConfig(
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
  }

  private DynamicHostConfig readDynamicHost() {
    return new DynamicHostConfig(
        settings.get(ShootKeys.DYNAMIC_HOST_PATH),
        new EndpointTemplate(
            settings.get(ShootKeys.DYNAMIC_HOST_PREFIX),
            settings.get(ShootKeys.DYNAMIC_HOST_SUFFIX)),
        settings.get(ShootKeys.DYNAMIC_HOST_REGEX),
        settings.get(ShootKeys.SHOOT_HEADERS));
  }

  private TlsConfig readTls() {
    return new TlsConfig(
        settings.get(BackendKeys.TLS_CERT_FILE),
        settings.get(BackendKeys.TLS_KEY_FILE),
        settings.get(BackendKeys.TLS_CA_FILE),
        settings.get(BackendKeys.TLS_SERVER_NAME),
        settings.get(BackendKeys.TLS_INSECURE_SKIP_VERIFY),
        settings.get(BackendKeys.TLS_MIN_VERSION),
        settings.get(BackendKeys.TLS_MAX_VERSION));
  }

  /** Without backoff the first pause has no effect, and the Go plugin does not read it: it may be above the longest. */
  private RetryConfig readRetry() {
    Duration max = settings.get(SendingKeys.RETRY_MAX_INTERVAL);
    return new RetryConfig(
        settings.get(SendingKeys.RETRY_ENABLED),
        min(settings.get(SendingKeys.RETRY_INITIAL_INTERVAL), max),
        max,
        settings.get(SendingKeys.RETRY_MAX_ELAPSED_TIME),
        settings.get(SendingKeys.REFUSED_POLICY));
  }

  /** The limit of all targets is at least that of one: it follows it if it is not set. */
  private QueueConfig readQueue() {
    long maxBytes = settings.get(QueueKeys.MAX_BYTES);
    return new QueueConfig(
        settings.get(QueueKeys.DIR),
        settings.get(QueueKeys.NAME),
        settings.get(QueueKeys.SEGMENT_SIZE),
        settings.get(QueueKeys.SYNC),
        maxBytes,
        Math.max(maxBytes, settings.get(QueueKeys.TOTAL_MAX_BYTES)),
        settings.get(QueueKeys.FULL_POLICY),
        settings.get(QueueKeys.MAX_QUEUE_SIZE),
        QueueConfig.SMALL_BYTES);
  }

  private MetadataConfig readMetadata() {
    return new MetadataConfig(
        settings.get(MappingKeys.FALLBACK_TO_TAG),
        settings.get(MappingKeys.DROP_WITHOUT_METADATA),
        settings.get(MappingKeys.TAG_KEY),
        compileTagExpression());
  }

  private Pattern compileTagExpression() {
    try {
      return Re2.compile(settings.get(MappingKeys.TAG_PREFIX) + settings.get(MappingKeys.TAG_EXPRESSION));
    } catch (BadValueException e) {
      throw new IllegalStateException("the tag expression was not checked", e);
    }
  }

  private Set<ShootState> readStates(Map<ShootState, Key<Boolean>> keys) {
    Set<ShootState> states = EnumSet.noneOf(ShootState.class);
    for (Map.Entry<ShootState, Key<Boolean>> entry : keys.entrySet()) {
      if (settings.get(entry.getValue())) {
        states.add(entry.getKey());
      }
    }
    return states;
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
