package cloud.gardener.logging.tool.check;

import static java.util.stream.Collectors.toUnmodifiableSet;

import cloud.gardener.logging.config.keys.ConfigKeys;
import cloud.gardener.logging.tool.fluentbit.HostVariables;
import cloud.gardener.logging.tool.fluentbit.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Checks the keys of an output: whether they have an effect, and what Fluent Bit's own keys do to the plugin. */
final class OutputKeys {
  /** Fluent Bit's own keys of an output that have a name without a dot. */
  private static final Set<String> HOST_KEYS =
      Set.of(
          "name", "match", "match_regex", "alias", "log_level", "log_suppress_interval", "host", "port", "ipv6",
          "retry_limit", "workers", "tls");

  private static final List<String> HOST_PREFIXES = List.of("tls.", "net.", "storage.", "oauth2", "_debug.http.");

  private static final Set<String> PLUGIN_KEYS =
      ConfigKeys.spellings().stream().map(OutputKeys::lower).collect(toUnmodifiableSet());

  private static final List<String> SUGGESTED =
      Stream.concat(ConfigKeys.names().stream(), Stream.of("Match", "Match_Regex", "Alias", "Retry_Limit", "Workers"))
          .toList();

  private static final Set<String> UNLIMITED = Set.of("no_limits", "false", "off");

  private final Section output;
  private final HostVariables variables;
  private final List<Finding> findings = new ArrayList<>();

  private OutputKeys(Section output, HostVariables variables) {
    this.output = output;
    this.variables = variables;
  }

  static List<Finding> check(Section output, HostVariables variables) {
    OutputKeys keys = new OutputKeys(output, variables);
    keys.checkUnknown();
    keys.checkRepeated();
    keys.checkRetryLimit();
    keys.checkMatchAndWorkers();
    return keys.findings;
  }

  /** Whether Fluent Bit keeps this key to itself, so that the plugin does not see it. */
  static boolean isHostKey(String key) {
    String lower = lower(key);
    return HOST_KEYS.contains(lower) || HOST_PREFIXES.stream().anyMatch(lower::startsWith);
  }

  private void checkUnknown() {
    for (Section.Property property : output.properties()) {
      if (!isHostKey(property.key()) && !PLUGIN_KEYS.contains(lower(property.key()))) {
        Optional<String> nearest = NearestName.of(property.key(), SUGGESTED);
        findings.add(
            Finding.error(
                property.place(),
                property.key() + ": no key of this plugin or of Fluent Bit, so it has no effect"
                    + nearest.map(name -> "; did you mean " + name + "?").orElse("")));
      }
    }
  }

  private void checkRepeated() {
    Set<String> seen = new HashSet<>();
    for (Section.Property property : output.properties()) {
      if (!seen.add(lower(property.key()))) {
        findings.add(
            Finding.warning(property.place(), property.key() + ": set more than once, the first value counts"));
      }
    }
  }

  private void checkRetryLimit() {
    Optional<Section.Property> limit = output.find("retry_limit");
    String advice = "; set Retry_Limit no_limits, so that no chunk is lost while a queue is full";
    if (limit.isEmpty()) {
      findings.add(
          Finding.warning(
              output.place(), "Retry_Limit is not set: Fluent Bit drops a chunk after one retry" + advice));
      return;
    }
    String text = variables.expand(limit.get().value());
    if (!UNLIMITED.contains(lower(text))) {
      findings.add(
          Finding.warning(
              limit.get().place(), "Retry_Limit " + text + ": then Fluent Bit drops the chunk" + advice));
    }
  }

  private void checkMatchAndWorkers() {
    if (output.find("match").isEmpty() && output.find("match_regex").isEmpty()) {
      findings.add(
          Finding.error(output.place(), "neither Match nor Match_Regex is set: Fluent Bit sends nothing to this output"));
    }
    output
        .find("workers")
        .filter(workers -> !variables.expand(workers.value()).equals("0"))
        .ifPresent(
            workers ->
                findings.add(
                    Finding.warning(
                        workers.place(), "Workers: with it, a hot reload crashes Fluent Bit; leave it out")));
  }

  private static String lower(String key) {
    return key.toLowerCase(Locale.ROOT);
  }
}
