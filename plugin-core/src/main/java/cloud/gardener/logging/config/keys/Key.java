package cloud.gardener.logging.config.keys;

import cloud.gardener.logging.config.syntax.BadValueException;
import cloud.gardener.logging.config.value.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One setting: its names, its type, its default and its description. Immutable.
 *
 * @param <T> the type of its value
 * @param name CamelCase, as in the documentation
 * @param aliases other CamelCase names with the same meaning
 * @param type how its text is read
 * @param defaultText the text that applies if nothing is set
 * @param meaning for the documentation: units, bounds, and the data at risk
 * @param privacy which parts of its value may be shown
 */
record Key<T>(
    String name,
    List<String> aliases,
    ValueType<T> type,
    String defaultText,
    String meaning,
    Privacy privacy) {

  private static final int SHOWN_LENGTH = 100;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** Which parts of a value may be logged. */
  enum Privacy {
    /** All of it. */
    OPEN,

    /** All except the credentials of a URL, and its query, which may be a token. */
    URL,

    /** Nothing. */
    SECRET;

    /** Returns the part of this text that may be shown: one line of limited length. */
    String redact(String text) {
      String redacted =
          switch (this) {
            case OPEN -> text;
            case URL -> Addresses.redact(text);
            case SECRET -> "(hidden)";
          };
      String line = CONTROL.matcher(redacted).replaceAll("?");
      return line.length() > SHOWN_LENGTH ? line.substring(0, SHOWN_LENGTH) + "..." : line;
    }
  }

  static <T> Key<T> of(String name, ValueType<T> type, String defaultText, String meaning) {
    return new Key<>(name, List.of(), type, defaultText, meaning, Privacy.OPEN);
  }

  Key<T> withAlias(String alias) {
    return new Key<>(name, List.of(alias), type, defaultText, meaning, privacy);
  }

  Key<T> withPrivacy(Privacy other) {
    return new Key<>(name, aliases, type, defaultText, meaning, other);
  }

  /** Returns the name in snake_case: {@code dque_segment_size} for {@code DQueSegmentSize}. */
  String snakeName() {
    return snakeCase(name);
  }

  /** All names that the host is asked for: each name in CamelCase and in snake_case. */
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
   * @param text not empty, trimmed and without quotes
   */
  T parse(String text) throws BadValueException {
    return type.reader().read(text);
  }

  /** Returns the value that applies if nothing is set. */
  T defaultValue() {
    try {
      return parse(defaultText);
    } catch (BadValueException e) {
      throw new IllegalStateException("the default of " + name + " is wrong", e);
    }
  }

  /**
   * Describes a value that cannot be read, in one line.
   *
   * @param spelling the name under which it was set
   * @param reason why; empty if what is accepted says it
   */
  String describeWrong(String spelling, String text, String reason) {
    String why = reason.isEmpty() ? "" : ": " + reason;
    return spelling + ": " + quoteRedacted(text) + " cannot be used" + why + "; accepted is " + type.accepted();
  }

  /** Returns the value as it may appear in an error: one line of limited length, without secrets. */
  String quoteRedacted(String text) {
    return privacy == Privacy.SECRET ? "value hidden," : '"' + privacy.redact(text) + '"';
  }

  /** Returns the setting as it appears in a list of settings: quoted if the value is not one word. */
  String assignment(String text) {
    String value = privacy.redact(text);
    boolean isWord = !value.isEmpty() && value.chars().noneMatch(c -> c <= ' ' || c == ',');
    return name + "=" + (isWord ? value : '"' + value + '"');
  }

  /** Without regular expressions, because it runs for each name at each start. */
  private static String snakeCase(String camelCase) {
    String words = camelCase.replace("DQue", "Dque").replace("TLSCA", "TlsCa");
    StringBuilder snake = new StringBuilder(words.length() + 8);
    for (int i = 0; i < words.length(); i++) {
      if (i > 0 && startsWord(words, i)) {
        snake.append('_');
      }
      snake.append(words.charAt(i));
    }
    return snake.toString().toLowerCase(Locale.ROOT);
  }

  /** The last of several capitals belongs to the next word: {@code HTTPEncoding}. */
  private static boolean startsWord(String words, int index) {
    return isUpper(words, index)
        && (!isUpper(words, index - 1) || index + 1 < words.length() && !isUpper(words, index + 1));
  }

  private static boolean isUpper(String text, int index) {
    return Character.isUpperCase(text.charAt(index));
  }
}
