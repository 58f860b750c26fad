package cloud.gardener.logging.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions written for the Go plugin. Go's syntax is Java's but for two forms, which are
 * translated: named groups {@code (?P<pod_name>...)}, whose names nothing uses, become plain
 * groups, and {@code [:alpha:]} within a character class becomes {@code \p{Alpha}}; Java would read
 * it as a set of letters without a word.
 */
final class GoRegex {
  private static final Pattern NAMED_GROUP =
      Pattern.compile("(?<!\\\\)\\(\\?P?<[A-Za-z_][A-Za-z0-9_]*>");
  private static final Pattern POSIX_CLASS = Pattern.compile("\\[:(\\^?)([a-z]+):]");
  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("alnum", "p{Alnum}"),
          Map.entry("alpha", "p{Alpha}"),
          Map.entry("ascii", "p{ASCII}"),
          Map.entry("blank", "p{Blank}"),
          Map.entry("cntrl", "p{Cntrl}"),
          Map.entry("digit", "p{Digit}"),
          Map.entry("graph", "p{Graph}"),
          Map.entry("lower", "p{Lower}"),
          Map.entry("print", "p{Print}"),
          Map.entry("punct", "p{Punct}"),
          Map.entry("space", "p{Space}"),
          Map.entry("upper", "p{Upper}"),
          Map.entry("word", "w"),
          Map.entry("xdigit", "p{XDigit}"));

  private GoRegex() {}

  /**
   * Compiles the expression. The error says where it is wrong, in the expression as it was given
   * where that is known.
   */
  static Pattern compile(String expression) throws BadValueException {
    String translated = translate(expression);
    try {
      return Pattern.compile(translated);
    } catch (PatternSyntaxException e) {
      boolean sameIndex = translated.equals(expression) && e.getIndex() >= 0;
      String where = sameIndex ? " at index " + e.getIndex() : "";
      String what = e.getDescription().toLowerCase(Locale.ROOT);
      throw new BadValueException("the expression is wrong" + where + ": " + what);
    }
  }

  private static String translate(String expression) throws BadValueException {
    String grouped = NAMED_GROUP.matcher(expression).replaceAll("(");
    Matcher posix = POSIX_CLASS.matcher(grouped);
    StringBuilder translated = new StringBuilder();
    while (posix.find()) {
      String java = CLASSES.get(posix.group(2));
      if (java == null) {
        throw new BadValueException("the expression has an unknown character class");
      }
      String escaped = "\\" + (posix.group(1).isEmpty() ? java : negated(java));
      posix.appendReplacement(translated, Matcher.quoteReplacement(escaped));
    }
    return posix.appendTail(translated).toString();
  }

  private static String negated(String java) {
    return java.substring(0, 1).toUpperCase(Locale.ROOT) + java.substring(1);
  }
}
