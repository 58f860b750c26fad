package cloud.gardener.logging.tool.check;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.tool.fluentbit.ConfigFile;
import cloud.gardener.logging.tool.fluentbit.ConfigFileException;
import cloud.gardener.logging.tool.fluentbit.FluentBitConfig;
import cloud.gardener.logging.tool.fluentbit.Place;
import cloud.gardener.logging.tool.fluentbit.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks the plugin's outputs in one configuration, and the files that the configuration names. */
final class ConfigCheck {
  /** The name of the plugin in a configuration. */
  static final String PLUGIN = "gardener";

  /** Keys of the service whose value is a file that Fluent Bit must read to start. */
  private static final List<String> SERVICE_FILES = List.of("parsers_file", "plugins_file");

  private final FluentBitConfig config;
  private final boolean checksFiles;
  private final Map<Path, Place> folders;

  /**
   * Creates a check.
   *
   * @param checksFiles whether the files that the configuration names must be there
   * @param folders the queue folders of other configurations of the same Fluent Bit, with the outputs that use them
   */
  ConfigCheck(FluentBitConfig config, boolean checksFiles, Map<Path, Place> folders) {
    this.config = config;
    this.checksFiles = checksFiles;
    this.folders = folders;
  }

  /** Checks the files that Fluent Bit reads beside the configuration. */
  List<Finding> checkFiles() {
    List<Finding> findings = new ArrayList<>();
    if (!checksFiles) {
      return findings;
    }
    config.sections(Section.Kind.PLUGINS).forEach(plugins -> checkPluginFiles(plugins, findings));
    config
        .sections(Section.Kind.SERVICE)
        .flatMap(service -> service.properties().stream())
        .filter(property -> SERVICE_FILES.contains(property.key().toLowerCase(Locale.ROOT)))
        .forEach(property -> checkServiceFile(property, findings));
    return findings;
  }

  private void checkServiceFile(Section.Property property, List<Finding> findings) {
    String name = config.variables().expand(property.value());
    if (!Files.isReadable(config.resolve(name))) {
      findings.add(Finding.error(property.place(), property.key() + ": there is no file " + config.resolve(name)));
    } else if (property.key().equalsIgnoreCase("plugins_file")) {
      try {
        ConfigFile.readNamed(config, name)
            .sections(Section.Kind.PLUGINS)
            .forEach(plugins -> checkPluginFiles(plugins, findings));
      } catch (ConfigFileException e) {
        findings.add(Finding.error(property.place(), e.getMessage()));
      }
    }
  }

  private void checkPluginFiles(Section plugins, List<Finding> findings) {
    for (Section.Property property : plugins.properties()) {
      Path file = config.resolve(property.value());
      if (property.key().equalsIgnoreCase("path") && !Files.isReadable(file)) {
        findings.add(Finding.error(property.place(), "there is no plugin " + file));
      }
    }
  }

  /** Checks the plugin's outputs, in the order of the file. */
  List<OutputCheck.Result> checkOutputs(String tag) {
    List<OutputCheck.Result> results = new ArrayList<>();
    for (Section output : config.outputs(PLUGIN)) {
      OutputCheck.Result result = OutputCheck.check(output, config.variables(), checksFiles);
      if (result.config() != null) {
        checkQueueFolder(result);
        if (tag != null) {
          result.findings().add(checkTag(tag, result));
        }
      }
      results.add(result);
    }
    return results;
  }

  private Finding checkTag(String tag, OutputCheck.Result result) {
    try {
      return TagCheck.check(tag, result.output(), config.variables(), result.config().metadata());
    } catch (ConfigFileException e) {
      return Finding.error(result.output().place(), e.getMessage());
    }
  }

  private void checkQueueFolder(OutputCheck.Result result) {
    PluginConfig settings = result.config();
    boolean hasShoots = !settings.dynamicHost().path().isEmpty();
    if (!hasQueue(settings, settings.seedType()) && !(hasShoots && hasQueue(settings, settings.shootType()))) {
      return;
    }
    Path folder = settings.queue().dir().resolve(settings.queue().name()).toAbsolutePath().normalize();
    Place other = folders.putIfAbsent(folder, result.output().place());
    if (other != null) {
      result
          .findings()
          .add(
              Finding.error(
                  result.output().place(),
                  "the queue folder " + folder + " is that of the output at " + other
                      + ": give each output its own DQueName"));
    }
  }

  private static boolean hasQueue(PluginConfig settings, TargetType type) {
    return type == TargetType.STDOUT || type.isRemote() && !settings.sdkBatch().enabled();
  }
}
