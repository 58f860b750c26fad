package cloud.gardener.logging.tool.fluentbit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A configuration with all its included files. Not thread-safe. */
public final class FluentBitConfig {
  private final Path folder;
  private final HostVariables variables;
  private final boolean isManifest;
  private final List<Section> sections = new ArrayList<>();

  /**
   * Creates an empty configuration.
   *
   * @param folder the folder that relative paths begin at
   * @param isManifest whether it holds single outputs of a configuration that an operator puts together
   */
  FluentBitConfig(Path folder, HostVariables variables, boolean isManifest) {
    this.folder = folder;
    this.variables = variables;
    this.isManifest = isManifest;
  }

  /** Adds a section. Several service sections are one. */
  Section add(Section.Kind kind, Place place) {
    if (kind == Section.Kind.SERVICE) {
      for (Section section : sections) {
        if (section.kind() == kind) {
          return section;
        }
      }
    }
    Section section = Section.of(kind, place);
    sections.add(section);
    return section;
  }

  /** Whether it holds single outputs of a configuration that an operator puts together. */
  public boolean isManifest() {
    return isManifest;
  }

  /** The sections of a kind, in order. */
  public Stream<Section> sections(Section.Kind kind) {
    return sections.stream().filter(section -> section.kind() == kind);
  }

  /** The outputs of the plugin of this name. */
  public List<Section> outputs(String plugin) {
    return sections(Section.Kind.OUTPUT)
        .filter(section -> section.find("name").filter(name -> isNamed(name, plugin)).isPresent())
        .toList();
  }

  private boolean isNamed(Section.Property property, String plugin) {
    return variables.expand(property.value()).equalsIgnoreCase(plugin);
  }

  public HostVariables variables() {
    return variables;
  }

  /** The file of this name, which may be relative to the configuration. */
  public Path resolve(String file) {
    return folder.resolve(file);
  }
}
