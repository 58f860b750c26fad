package cloud.gardener.logging.config.keys;

import cloud.gardener.logging.config.ConfigException;
import cloud.gardener.logging.config.value.Addresses;
import cloud.gardener.logging.config.value.BadValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One setting: its names, its type, its default and what it means. Immutable.
 *
 * @param <T> the type of its value
 * @param name CamelCase, as in the documentation
 * @param aliases other CamelCase names that mean the same
 * @param type how its text is read
 * @param defaultText the text that holds when nothing is set
 * @param meaning for the documentation: units, bounds, and the data at risk
 * @param privacy what of its value may be shown
 */
record Key<T>(
    String name,
    List<String> aliases,
    ValueType<T> type,
    String defaultText,
    String meaning,
    Privacy privacy) {

  private static final int SHOWN_LENGTH = 100;

  /** What of a value may stand in a log line. */
  enum Privacy {
    /** All of it. */
    OPEN,

    /** All but the credentials of a URL, and its query, which may be a token. */
    URL,

    /** Nothing. */
    SECRET;

    /** What may be shown of this text: one line, and not too long. */
    String of(String text) {
      String open =
          switch (this) {
            case OPEN -> text;
            case URL -> Addresses.withoutSecrets(text);
            case SECRET -> "(hidden)";
          };
      String line = open.replaceAll("\\p{Cntrl}", "?");
      return line.length() > SHOWN_LENGTH ? line.substring(0, SHOWN_LENGTH) + "..." : line;
    }
  }

  static <T> Key<T> of(String name, ValueType<T> type, String defaultText, String meaning) {
    return new Key<>(name, List.of(), type, defaultText, meaning, Privacy.OPEN);
  }

  Key<T> alias(String alias) {
    return new Key<>(name, List.of(alias), type, defaultText, meaning, privacy);
  }

  Key<T> with(Privacy other) {
    return new Key<>(name, aliases, type, defaultText, meaning, other);
  }

  /** {@code dque_segment_size} for {@code DQueSegmentSize}. */
  String snakeName() {
    return snakeCase(name);
  }

  /** Every name that the host is asked for: each name in CamelCase and in snake_case. */
  List<String> spellings() {
    List<String> spellings = new ArrayList<>(List.of(name, snakeCase(name)));
    for (String alias : aliases) {
      spellings.add(alias);
      spellings.add(snakeCase(alias));
    }
    return List.copyOf(spellings);
  }

  /**
   * Reads a value.
   *
   * @param spelling the name under which it was set, for the error
   * @param text not empty, trimmed and without quotes
   */
  T parse(String spelling, String text) throws ConfigException {
    try {
      return type.reader().read(text);
    } catch (BadValueException e) {
      throw rejected(spelling, text, e.getMessage());
    }
  }

  /** The value that holds when nothing is set. */
  T defaultValue() {
    try {
      return type.reader().read(defaultText);
    } catch (BadValueException e) {
      throw new IllegalStateException("the default of " + name + " is wrong", e);
    }
  }

  private ConfigException rejected(String spelling, String text, String reason) {
    String why = reason.isEmpty() ? "" : ": " + reason;
    String accepted = "; accepted is " + type.accepted();
    return new ConfigException(spelling + ": " + shown(text) + " cannot be used" + why + accepted);
  }

  /** The value as it may stand in an error: one line, not too long, without secrets. */
  String shown(String text) {
    return privacy == Privacy.SECRET ? "value hidden," : '"' + privacy.of(text) + '"';
  }

  /** The setting as a list of settings shows it: quoted where the value is not one word. */
  String assignment(String text) {
    String value = privacy.of(text);
    boolean isWord = !value.isEmpty() && value.chars().noneMatch(c -> c <= ' ' || c == ',');
    return name + "=" + (isWord ? value : '"' + value + '"');
  }

  private static String snakeCase(String camelCase) {
    return camelCase
        .replace("DQue", "Dque")
        .replace("TLSCA", "TlsCa")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }
}
