package cloud.gardener.logging.tool.check;

import cloud.gardener.logging.config.ConfigException;
import cloud.gardener.logging.config.DynamicHostConfig;
import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.keys.ConfigReader;
import cloud.gardener.logging.config.keys.SectionReport;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.clients.ExportClients;
import cloud.gardener.logging.tool.fluentbit.HostVariables;
import cloud.gardener.logging.tool.fluentbit.Place;
import cloud.gardener.logging.tool.fluentbit.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Checks one output as the plugin does when it starts, without its queues and without a connection. */
final class OutputCheck {
  /** A key that Fluent Bit and the plugin have in common. Fluent Bit keeps it. */
  private static final String LOG_LEVEL = "log_level";

  private static final String SEED_TYPE_MISSING = "SeedType is not set";

  private final Section output;
  private final boolean checksFiles;
  private final Map<String, String> values = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private PluginConfig config;

  private OutputCheck(Section output, boolean checksFiles) {
    this.output = output;
    this.checksFiles = checksFiles;
  }

  /**
   * What was found.
   *
   * @param findings the last one is what is in force, if the output can start
   * @param config its settings; null when it cannot start
   */
  record Result(Section output, List<Finding> findings, PluginConfig config) {}

  /**
   * Checks an output.
   *
   * @param checksFiles whether the files that its keys name must be there
   */
  static Result check(Section output, HostVariables variables, boolean checksFiles) {
    OutputCheck check = new OutputCheck(output, checksFiles);
    check.expandValues(variables);
    check.findings.addAll(OutputKeys.check(output, variables));
    check.readConfig();
    return new Result(output, check.findings, check.config);
  }

  private void expandValues(HostVariables variables) {
    for (Section.Property property : output.properties()) {
      String value = variables.expand(property.value());
      Set<String> missing = variables.takeMissing();
      if (!missing.isEmpty()) {
        findings.add(
            Finding.warning(
                property.place(),
                property.key() + ": not set here: ${" + String.join("}, ${", missing)
                    + "}; --env NAME=VALUE gives a value"));
      }
      String key = property.key().toLowerCase(Locale.ROOT);
      if (!key.equals(LOG_LEVEL)) {
        values.putIfAbsent(key, value);
      }
    }
  }

  private void readConfig() {
    Function<String, String> section = name -> values.get(name.toLowerCase(Locale.ROOT));
    Function<String, String> ofPlugin = name -> name.equals(LOG_LEVEL) ? null : section.apply(name);
    try {
      PluginConfig read = ConfigReader.parse(ofPlugin);
      SectionReport report = SectionReport.of(ofPlugin, read);
      for (String warning : report.warnings()) {
        findings.add(
            warning.contains(SEED_TYPE_MISSING)
                ? Finding.error(output.place(), warning)
                : Finding.warning(output.place(), warning));
      }
      String seedRoute = createClients(read);
      config = read;
      findings.add(Finding.info(output.place(), report.effectiveSettings(seedRoute)));
    } catch (ConfigException e) {
      e.problems().forEach(problem -> findings.add(Finding.error(placeOf(problem), problem.text())));
    } catch (ExportException e) {
      findings.add(Finding.error(output.place(), e.getMessage()));
    }
  }

  /** Where the problem is corrected: at the first of its keys that is in the section. */
  private Place placeOf(ConfigException.Problem problem) {
    return problem.keys().stream()
        .flatMap(key -> output.find(key).stream())
        .findFirst()
        .map(Section.Property::place)
        .orElse(output.place());
  }

  /**
   * Creates the clients, which reads the files of certificates and headers. None of them connects.
   *
   * @return the path and the proxy of the seed's requests; empty if its files are not checked
   */
  private String createClients(PluginConfig read) throws ExportException {
    boolean namesFiles =
        !read.tls().caFile().isEmpty()
            || !read.tls().certFile().isEmpty()
            || !read.endpoint().headers().file().isEmpty();
    if (namesFiles && !checksFiles) {
      return "";
    }
    try (ExportClients clients = new ExportClients(ExportListener.NONE)) {
      TargetType seed = read.seedType();
      ExportClient ofSeed =
          clients.create(seed, read.endpoint(), read.tls(), read.endpoint().seedEndpoint(seed));
      if (!read.dynamicHost().path().isEmpty()) {
        TargetType shoot = read.shootType();
        DynamicHostConfig shoots = read.dynamicHost();
        String namespace = DynamicHostConfig.ANY_NAMESPACE;
        EndpointConfig ofShoot = read.endpoint().withShootHeaders(shoots.headers().resolve(namespace));
        clients.create(shoot, ofShoot, read.tls(), shoots.endpoint().resolve(shoot, namespace));
      }
      return ofSeed.describeRoute();
    }
  }
}
