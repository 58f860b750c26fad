package cloud.gardener.logging.tool.fluentbit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads a configuration from a file whose name, and content, tell its format. */
public final class ConfigFile {
  private ConfigFile() {}

  /**
   * Reads a configuration with all files that it includes.
   *
   * @param file classic or YAML, or manifests of fluent-operator
   * @throws ConfigFileException when Fluent Bit would not read it
   */
  public static FluentBitConfig read(Path file, HostVariables variables) throws ConfigFileException {
    Path folder = realPath(file).getParent();
    boolean isYaml = isYaml(file);
    boolean isManifest = isYaml && ManifestFormat.isManifest(file);
    FluentBitConfig config = new FluentBitConfig(folder, variables, isManifest);
    if (isManifest) {
      new ManifestFormat(config).read(file);
    } else if (isYaml) {
      new YamlFormat(config).read(file);
    } else {
      new ClassicFormat(config).readFile(file);
    }
    return config;
  }

  /** Adds the sections of a file that the configuration names, such as Plugins_File. */
  public static FluentBitConfig readNamed(FluentBitConfig config, String name) throws ConfigFileException {
    return read(config.resolve(name), config.variables());
  }

  private static boolean isYaml(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private static Path realPath(Path file) throws ConfigFileException {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new ConfigFileException(file.toString(), "there is no such file, or it cannot be read");
    }
  }

  /** The files that the name of an include stands for: sorted, because Fluent Bit's own order is the disk's. */
  static List<Path> included(Path folder, String name, Place place) throws ConfigFileException {
    Path file = folder.resolve(name);
    if (!name.contains("*")) {
      if (!Files.isReadable(file)) {
        throw new ConfigFileException(place, "there is no file to include: " + file);
      }
      return List.of(file);
    }
    Path above = file.getParent();
    try (Stream<Path> files = Files.walk(fixedPart(above), above.getNameCount() + 1)) {
      var glob = file.getFileSystem().getPathMatcher("glob:" + file.normalize());
      List<Path> found = files.map(Path::normalize).filter(glob::matches).filter(Files::isRegularFile).sorted().toList();
      if (found.isEmpty()) {
        throw new ConfigFileException(place, "no file to include matches " + file);
      }
      return found;
    } catch (IOException e) {
      throw new ConfigFileException(place, "cannot list the files to include: " + file);
    }
  }

  private static Path fixedPart(Path folder) {
    Path fixed = folder;
    while (fixed.toString().contains("*")) {
      fixed = fixed.getParent();
    }
    return fixed;
  }
}
