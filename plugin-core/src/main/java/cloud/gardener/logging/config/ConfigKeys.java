package cloud.gardener.logging.config;

import java.util.List;
import java.util.function.Function;
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

  /** Every name to ask the host for. Hosts compare names without regard to letter case. */
  public static List<String> spellings() {
    return all().flatMap(key -> key.spellings().stream()).toList();
  }

  /**
   * What is set to something else than its default and has no effect in this version: the setting's
   * documented name, and the value where only that value has no effect. For one log line at the
   * start.
   *
   * @param property as for {@link PluginConfig#parse}
   * @throws ConfigException when one of the settings cannot be used
   */
  public static List<String> withoutEffect(Function<String, String> property)
      throws ConfigException {
    return new Settings(property).withoutEffect(all().toList());
  }

  static Stream<Key<?>> all() {
    return GROUPS.stream().flatMap(group -> group.keys().stream());
  }
}
