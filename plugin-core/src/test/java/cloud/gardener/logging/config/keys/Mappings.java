package cloud.gardener.logging.config.keys;

import cloud.gardener.logging.config.ConfigException;
import cloud.gardener.logging.config.MappingConfig;

/** How records become OTLP, for tests, as a section of the configuration says. */
public final class Mappings {
  /** What holds when nothing is set. */
  public static final MappingConfig DEFAULT = of();

  private Mappings() {}

  /** Names and values of settings in turn. */
  public static MappingConfig of(String... namesAndValues) {
    try {
      return ConfigReader.parse(Sections.of(namesAndValues)).mapping();
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
