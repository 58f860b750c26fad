package cloud.gardener.logging.config.keys;

import java.util.List;
import java.util.stream.Stream;

/**
 * All settings. The key groups are the only source of the names that the plugin asks the host for, of how values are
 * read, and of the tables of docs/configuration.md.
 */
public final class ConfigKeys {
  static final List<KeyGroup> GROUPS =
      Stream.of(
              BackendKeys.GROUPS,
              QueueKeys.GROUPS,
              SendingKeys.GROUPS,
              MappingKeys.GROUPS,
              ShootKeys.GROUPS,
              StateKeys.GROUPS,
              ProcessKeys.GROUPS)
          .flatMap(List::stream)
          .toList();

  private ConfigKeys() {}

  /**
   * All names to ask the host for: the plugin's own, and those that users set by habit. Hosts compare names without
   * regard to case.
   */
  public static List<String> spellings() {
    return Stream.concat(all().flatMap(key -> key.spellings().stream()), UnsupportedKeys.names().stream())
        .toList();
  }

  /** The name of each key as the documentation has it. */
  public static List<String> names() {
    return all().map(Key::name).toList();
  }

  static Stream<Key<?>> all() {
    return GROUPS.stream().flatMap(group -> group.keys().stream());
  }
}
