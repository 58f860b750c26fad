package cloud.gardener.logging.tool.fluentbit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A section of the configuration: a plugin, the service, or a list of plugin files. Variables in its values are not
 * replaced.
 *
 * @param kind what the section is
 * @param place where it begins
 * @param properties its keys with their values, in order; a key may occur several times
 */
public record Section(Kind kind, Place place, List<Property> properties) {
  /** What Fluent Bit makes of a section. */
  public enum Kind {
    /** Fluent Bit's own settings. */
    SERVICE,

    /** An output. */
    OUTPUT,

    /** Files of plugins: each value is one. */
    PLUGINS,

    /** Any other. */
    OTHER
  }

  /**
   * A key and its value.
   *
   * @param key as Fluent Bit passes it to a plugin
   * @param value trimmed
   * @param place where the key is
   */
  public record Property(String key, String value, Place place) {}

  static Section of(Kind kind, Place place) {
    return new Section(kind, place, new ArrayList<>());
  }

  void add(String key, String value, Place at) {
    properties.add(new Property(key, value, at));
  }

  /** Returns the property that Fluent Bit uses for this key: names are equal without regard to case, the first wins. */
  public Optional<Property> find(String key) {
    return properties.stream().filter(property -> property.key().equalsIgnoreCase(key)).findFirst();
  }
}
