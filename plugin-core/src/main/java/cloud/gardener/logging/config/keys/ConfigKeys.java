package cloud.gardener.logging.config.keys;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every setting there is. What is asked of the host, how it is read, and the tables of
 * docs/configuration.md derive from the key groups, and from nowhere else.
 */
public final class ConfigKeys {
  static final List<KeyGroup> GROUPS =
      Stream.of(
              BackendKeys.GROUPS,
              QueueKeys.GROUPS,
              SendingKeys.GROUPS,
              RecordKeys.GROUPS,
              ShootKeys.GROUPS,
              StateKeys.GROUPS,
              ProcessKeys.GROUPS)
          .flatMap(List::stream)
          .toList();

  private ConfigKeys() {}

  /**
   * Every name to ask the host for: the plugin's own, and those that are set by habit. Hosts compare
   * names without regard to letter case.
   */
  public static List<String> spellings() {
    return Stream.concat(all().flatMap(key -> key.spellings().stream()), Habits.names().stream())
        .toList();
  }

  static Stream<Key<?>> all() {
    return GROUPS.stream().flatMap(group -> group.keys().stream());
  }
}
