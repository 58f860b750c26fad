package cloud.gardener.logging.config.keys;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.QueueConfig;
import cloud.gardener.logging.config.value.TargetType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The log lines for an operator at the start of an output. Every line begins with the output's queue name, and none
 * contains a secret.
 */
public final class SectionReport {
  private final PluginConfig config;
  private final List<String> warnings;
  private final String changedSettings;

  private SectionReport(PluginConfig config, List<String> warnings, String changedSettings) {
    this.config = config;
    this.warnings = warnings;
    this.changedSettings = changedSettings;
  }

  /**
   * Creates the report of a section that was parsed without an error.
   *
   * @param property as for {@link ConfigReader#parse}
   * @param config the parsed section
   */
  public static SectionReport of(Function<String, String> property, PluginConfig config) {
    Settings settings = Settings.read(property);
    List<String> warnings = new ArrayList<>(new DropCheck(config, settings).warnings());
    warnings.addAll(TlsCheck.warnings(config));
    warnings.addAll(UnsupportedKeys.warnings(property, settings, config.seedType()));
    String name = config.queue().name() + ": ";
    return new SectionReport(
        config,
        warnings.stream().map(name::concat).toList(),
        name + "in force: " + describeChangedSettings(settings));
  }

  /** Settings that are probably not intended, one line each; empty for a sound section. */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * One line: the keys that differ from their defaults, where records go, and the bounds that follow.
   *
   * @param seedRoute what the seed's client says of its path and proxy; empty for nothing
   */
  public String effectiveSettings(String seedRoute) {
    return changedSettings + describeEffects(seedRoute);
  }

  private static String describeChangedSettings(Settings settings) {
    List<String> changed = settings.changedAssignments(ConfigKeys.all().toList());
    return changed.isEmpty()
        ? "every key has its default"
        : String.join(", ", changed) + "; every other key has its default";
  }

  private String describeEffects(String seedRoute) {
    StringBuilder text = new StringBuilder("; effective: seed ");
    text.append(describeTarget(config.seedType(), config.endpoint().seedEndpoint(config.seedType()).redacted()));
    text.append(seedRoute);
    if (!config.dynamicHost().path().isEmpty()) {
      String endpoint = config.dynamicHost().endpoint().toString();
      text.append(", shoots ").append(describeTarget(config.shootType(), endpoint));
    }
    text.append(", request timeout ").append(formatDuration(config.endpoint().timeout()));
    if (config.sdkBatch().enabled()) {
      text.append(", at most ").append(config.sdkBatch().maxQueueSize()).append(" records in memory");
    } else {
      QueueConfig queue = config.queue();
      text.append(", queues in ").append(queue.dir().resolve(queue.name()))
          .append(" of at most ").append(queue.maxBytes()).append(" bytes each and ")
          .append(queue.totalMaxBytes()).append(" together");
    }
    text.append(", retries after ").append(formatDuration(config.retry().initialInterval()))
        .append(" to ").append(formatDuration(config.retry().maxInterval()));
    return text.toString();
  }

  private static String describeTarget(TargetType type, String endpoint) {
    return switch (type) {
      case NOOP, STDOUT -> type.settingValue();
      case OTLP_GRPC, OTLP_HTTP -> type.settingValue() + " " + Key.Privacy.URL.redact(endpoint);
    };
  }

  /** Formats a duration as Go does, such as 1m30s. */
  private static String formatDuration(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
