package cloud.gardener.logging.config.keys;

import cloud.gardener.logging.config.ConfigException.Problem;
import cloud.gardener.logging.config.syntax.BadValueException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The settings of one section of the host's configuration. All keys are read at once, and what is wrong is collected,
 * so that it can be reported together. Immutable.
 */
final class Settings {
  private final Map<Key<?>, Setting> set = new IdentityHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /** What a key is set to: under which name, the text, and its value; null if the text is wrong. */
  private record Setting(String spelling, String text, Object value) {}

  private Settings() {}

  /**
   * Reads the settings.
   *
   * @param property returns the value of a name, or null if it is not set
   */
  static Settings read(Function<String, String> property) {
    Settings settings = new Settings();
    ConfigKeys.all().forEach(key -> settings.read(key, property));
    return settings;
  }

  /** Reads a setting under any of its names. Two names may both be set if they have the same value. */
  private void read(Key<?> key, Function<String, String> property) {
    String name = null;
    String text = "";
    for (String spelling : key.spellings()) {
      String other = sanitize(property.apply(spelling));
      if (other.isEmpty()) {
        continue;
      }
      if (name == null) {
        name = spelling;
        text = other;
      } else if (!text.equals(other)) {
        problems.add(
            new Problem(
                List.of(name, spelling),
                name + " and " + spelling + " are two names of one setting and have different values; accepted is one"
                    + " of them"));
        set.put(key, new Setting(name, text, null));
        return;
      }
    }
    if (name != null) {
      set.put(key, new Setting(name, text, parse(key, name, text)));
    }
  }

  private Object parse(Key<?> key, String spelling, String text) {
    try {
      return key.parse(text);
    } catch (BadValueException e) {
      problems.add(new Problem(List.of(spelling), key.describeWrong(spelling, text, e.getMessage())));
      return null;
    }
  }

  /** The settings that cannot be read, in the order of the documentation. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** Returns the setting's value, or its default if it is not set or wrong. */
  @SuppressWarnings("unchecked") // A value comes from its key.
  <T> T get(Key<T> key) {
    Setting setting = set.get(key);
    return setting == null || setting.value() == null ? key.defaultValue() : (T) setting.value();
  }

  boolean isSet(Key<?> key) {
    return set.containsKey(key);
  }

  /** Whether each of these is set to a value that can be read, or not set. */
  boolean areRight(Key<?>... keys) {
    return Stream.of(keys).map(set::get).allMatch(setting -> setting == null || setting.value() != null);
  }

  /** Returns the name under which the setting was found, or its documented one. */
  String spelling(Key<?> key) {
    return isSet(key) ? set.get(key).spelling() : key.name();
  }

  /** Returns the settings that differ from their default, with their values. */
  List<String> changedAssignments(List<Key<?>> keys) {
    return keys.stream()
        .filter(key -> isSet(key) && !get(key).equals(key.defaultValue()))
        .map(key -> key.assignment(set.get(key).text()))
        .toList();
  }

  /**
   * Trims the text and removes one pair of quotes: Fluent Bit passes both through. An empty value counts as not set.
   */
  private static String sanitize(String raw) {
    String text = raw == null ? "" : raw.trim();
    boolean quoted = text.length() >= 2 && (isQuotedWith(text, "\"") || isQuotedWith(text, "'"));
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static boolean isQuotedWith(String text, String quote) {
    return text.startsWith(quote) && text.endsWith(quote);
  }
}
