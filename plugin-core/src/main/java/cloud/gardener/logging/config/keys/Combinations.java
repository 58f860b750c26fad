package cloud.gardener.logging.config.keys;

import static cloud.gardener.logging.config.keys.BackendKeys.ENDPOINT;
import static cloud.gardener.logging.config.keys.BackendKeys.ENDPOINT_URL;
import static cloud.gardener.logging.config.keys.BackendKeys.INSECURE;
import static cloud.gardener.logging.config.keys.BackendKeys.SEED_TYPE;
import static cloud.gardener.logging.config.keys.BackendKeys.SHOOT_TYPE;
import static cloud.gardener.logging.config.keys.BackendKeys.TLS_CERT_FILE;
import static cloud.gardener.logging.config.keys.BackendKeys.TLS_KEY_FILE;
import static cloud.gardener.logging.config.keys.BackendKeys.TLS_MAX_VERSION;
import static cloud.gardener.logging.config.keys.BackendKeys.TLS_MIN_VERSION;
import static cloud.gardener.logging.config.keys.MappingKeys.FALLBACK_TO_TAG;
import static cloud.gardener.logging.config.keys.MappingKeys.TAG_EXPRESSION;
import static cloud.gardener.logging.config.keys.MappingKeys.TAG_PREFIX;
import static cloud.gardener.logging.config.keys.SendingKeys.RETRY_ENABLED;
import static cloud.gardener.logging.config.keys.SendingKeys.RETRY_INITIAL_INTERVAL;
import static cloud.gardener.logging.config.keys.SendingKeys.RETRY_MAX_INTERVAL;

import cloud.gardener.logging.config.ConfigException.Problem;
import cloud.gardener.logging.config.DynamicHostConfig;
import cloud.gardener.logging.config.MetadataConfig;
import cloud.gardener.logging.config.syntax.BadValueException;
import cloud.gardener.logging.config.syntax.Re2;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.EndpointTemplate;
import cloud.gardener.logging.config.value.TargetType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds settings that are right each by itself and cannot work together. A combination with a wrong setting is left
 * out: the default in its place could contradict the others, and the user would be told of a problem that is none.
 */
final class Combinations {
  private final Settings settings;
  private final List<Problem> problems = new ArrayList<>();

  private Combinations(Settings settings) {
    this.settings = settings;
  }

  /** Returns one problem for each contradiction. */
  static List<Problem> check(Settings settings) {
    Combinations combinations = new Combinations(settings);
    combinations.checkSeedEndpoint();
    combinations.checkShootEndpoint();
    combinations.checkTls();
    combinations.checkRetry();
    combinations.checkQueue();
    combinations.checkTagExpression();
    return combinations.problems;
  }

  private void checkSeedEndpoint() {
    if (settings.areRight(SEED_TYPE, ENDPOINT, ENDPOINT_URL)) {
      TargetType type = settings.get(SEED_TYPE);
      boolean usesUrl = type == TargetType.OTLP_HTTP && settings.get(ENDPOINT_URL).isPresent();
      Key<?> key = usesUrl ? ENDPOINT_URL : ENDPOINT;
      Address address = usesUrl ? settings.get(ENDPOINT_URL).get() : settings.get(ENDPOINT);
      checkEndpoint(settings.spelling(key), address, type, key);
    }
  }

  /** Checks the endpoints of shoots, so that an invalid one is reported at the start, not with the first shoot. */
  private void checkShootEndpoint() {
    TargetType type = settings.get(SHOOT_TYPE);
    Key<?>[] parts = {ShootKeys.DYNAMIC_HOST_PREFIX, ShootKeys.DYNAMIC_HOST_SUFFIX};
    boolean isUsed = !settings.get(ShootKeys.DYNAMIC_HOST_PATH).isEmpty() && type.isRemote();
    if (!isUsed || !settings.areRight(parts)) {
      return;
    }
    EndpointTemplate template =
        new EndpointTemplate(
            settings.get(ShootKeys.DYNAMIC_HOST_PREFIX), settings.get(ShootKeys.DYNAMIC_HOST_SUFFIX));
    String name = "DynamicHostPrefix and DynamicHostSuffix around a namespace";
    try {
      checkEndpoint(name, template.resolve(type, DynamicHostConfig.ANY_NAMESPACE), type, parts);
    } catch (IllegalArgumentException e) {
      add(name + ": " + e.getMessage() + "; accepted is " + ValueTypes.ENDPOINT.accepted(), parts);
    }
  }

  private void checkEndpoint(String name, Address address, TargetType type, Key<?>... keys) {
    boolean asksForTls = type.isRemote() && address.security() == Address.Security.TLS;
    if (asksForTls && settings.areRight(INSECURE) && settings.get(INSECURE)) {
      add(
          name + ": \"" + address + "\" asks for TLS and " + settings.spelling(INSECURE)
              + " true for plaintext; accepted is one of them",
          Stream.concat(Stream.of(keys), Stream.of(INSECURE)).toArray(Key<?>[]::new));
    }
    switch (type) {
      case OTLP_GRPC -> checkHostAndPort(name, address, keys);
      case NOOP, STDOUT, OTLP_HTTP -> {
        // HTTP sends path and credentials; the others do not use the endpoint.
      }
    }
  }

  private void checkHostAndPort(String name, Address address, Key<?>... keys) {
    boolean hasPath = !address.path().isEmpty() && !address.path().equals("/");
    if (hasPath || !address.query().isEmpty()) {
      add(
          name + ": \"" + address + "\" has a path or a query, which otlp_grpc cannot use; accepted"
              + " is host:port or a URL without a path, or the type otlp_http",
          keys);
    }
    if (address.hasCredentials()) {
      add(
          name + ": otlp_grpc sends no credentials of a URL; accepted is a header Authorization in"
              + " Headers or HeadersFile",
          keys);
    }
  }

  private void checkTls() {
    requireBoth(TLS_CERT_FILE, TLS_KEY_FILE);
    requireBoth(TLS_KEY_FILE, TLS_CERT_FILE);
    String min = settings.get(TLS_MIN_VERSION);
    String max = settings.get(TLS_MAX_VERSION);
    if (settings.areRight(TLS_MIN_VERSION, TLS_MAX_VERSION) && !max.isEmpty() && min.compareTo(max) > 0) {
      add(
          "TLSMaxVersion: \"" + max + "\" is below TLSMinVersion (" + min + "); accepted is "
              + min + " or higher",
          TLS_MAX_VERSION,
          TLS_MIN_VERSION);
    }
  }

  private void requireBoth(Key<String> key, Key<String> other) {
    if (settings.isSet(key) && !settings.isSet(other)) {
      add(key.name() + " is set and " + other.name() + " is not; accepted are both or none", key);
    }
  }

  private void checkRetry() {
    Duration initial = settings.get(RETRY_INITIAL_INTERVAL);
    Duration max = settings.get(RETRY_MAX_INTERVAL);
    if (settings.areRight(RETRY_ENABLED, RETRY_INITIAL_INTERVAL, RETRY_MAX_INTERVAL)
        && settings.get(RETRY_ENABLED)
        && initial.compareTo(max) > 0) {
      add(
          "RetryMaxInterval: " + formatSeconds(max) + " is below RetryInitialInterval ("
              + formatSeconds(initial) + "); accepted is " + formatSeconds(initial) + " or more",
          RETRY_MAX_INTERVAL,
          RETRY_INITIAL_INTERVAL);
    }
  }

  /** A total that is not set follows the limit of one target. */
  private void checkQueue() {
    long maxBytes = settings.get(QueueKeys.MAX_BYTES);
    long totalMaxBytes = settings.get(QueueKeys.TOTAL_MAX_BYTES);
    if (settings.isSet(QueueKeys.TOTAL_MAX_BYTES)
        && settings.areRight(QueueKeys.MAX_BYTES, QueueKeys.TOTAL_MAX_BYTES)
        && totalMaxBytes < maxBytes) {
      add(
          "DQueTotalMaxBytes: " + totalMaxBytes + " bytes are less than DQueMaxBytes (" + maxBytes
              + " bytes); accepted is DQueMaxBytes or more",
          QueueKeys.TOTAL_MAX_BYTES,
          QueueKeys.MAX_BYTES);
    }
  }

  /** Compiles both parts together: they form one expression, so a group may begin in one and end in the other. */
  private void checkTagExpression() {
    String expression = settings.get(TAG_PREFIX) + settings.get(TAG_EXPRESSION);
    String name = "TagPrefix and TagExpression: " + TAG_EXPRESSION.quoteRedacted(expression);
    if (!settings.areRight(TAG_PREFIX, TAG_EXPRESSION)) {
      return;
    }
    try {
      int groups = Re2.compile(expression).matcher("").groupCount();
      if (settings.get(FALLBACK_TO_TAG) && groups != MetadataConfig.TAG_GROUPS) {
        add(
            name + " has " + groups + " groups; accepted are the four of pod, namespace, container and"
                + " container id",
            TAG_EXPRESSION,
            TAG_PREFIX);
      }
    } catch (BadValueException e) {
      add(
          name + " cannot be used: " + e.getMessage() + "; accepted are two parts of one regular expression",
          TAG_EXPRESSION,
          TAG_PREFIX);
    }
  }

  /** Adds a problem with these settings, of which those that are not set are left out. */
  private void add(String text, Key<?>... keys) {
    List<String> spellings = Stream.of(keys).filter(settings::isSet).map(settings::spelling).toList();
    problems.add(new Problem(spellings, text));
  }

  private static String formatSeconds(Duration duration) {
    return duration.toNanos() / 1e9 + "s";
  }
}
