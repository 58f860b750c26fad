package cloud.gardener.logging.config.keys;

import cloud.gardener.logging.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The settings of one section of the host's configuration. As thread-safe as the host's function. */
final class Settings {
  private final Function<String, String> property;

  /**
   * Creates the settings.
   *
   * @param property returns the value of a name, or null if it is not set
   */
  Settings(Function<String, String> property) {
    this.property = property;
  }

  /** The text of a setting and the name under which it was found. */
  private record Found(String spelling, String text) {}

  /** Returns the setting's value, or its default. */
  <T> T get(Key<T> key) throws ConfigException {
    Optional<Found> found = findUnderAnyName(key);
    return found.isPresent()
        ? key.parse(found.get().spelling(), found.get().text())
        : key.defaultValue();
  }

  /** Returns the name under which the setting was found, or its documented one. */
  String spelling(Key<?> key) throws ConfigException {
    return findUnderAnyName(key).map(Found::spelling).orElse(key.name());
  }

  boolean isSet(Key<?> key) throws ConfigException {
    return findUnderAnyName(key).isPresent();
  }

  /** Returns the settings that differ from their default, with their values. */
  List<String> changedAssignments(List<Key<?>> keys) throws ConfigException {
    List<String> changed = new ArrayList<>();
    for (Key<?> key : keys) {
      Optional<Found> found = findUnderAnyName(key);
      if (found.isPresent() && !get(key).equals(key.defaultValue())) {
        changed.add(key.assignment(found.get().text()));
      }
    }
    return List.copyOf(changed);
  }

  /** Finds the setting under any of its names. Two names may both be set if they have the same value. */
  private Optional<Found> findUnderAnyName(Key<?> key) throws ConfigException {
    Found found = null;
    for (String spelling : key.spellings()) {
      String text = sanitize(property.apply(spelling));
      if (text.isEmpty()) {
        continue;
      }
      if (found == null) {
        found = new Found(spelling, text);
      } else if (!found.text().equals(text)) {
        throw new ConfigException(
            found.spelling() + " and " + spelling + " are two names of one setting and have"
                + " different values; accepted is one of them");
      }
    }
    return Optional.ofNullable(found);
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
