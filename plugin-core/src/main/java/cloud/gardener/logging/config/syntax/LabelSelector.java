package cloud.gardener.logging.config.syntax;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Validates a label selector, in Kubernetes' syntax or as a JSON LabelSelector, and converts it to the text that the
 * API server accepts: {@code k=v,k in (a,b),!k}. An empty selector selects everything.
 */
public final class LabelSelector {
  private static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?";
  private static final String KEY = "(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?/)?" + NAME;
  private static final String VALUE = "(?:" + NAME + ")?";
  private static final String VALUES = "\\(\\s*" + VALUE + "(?:\\s*,\\s*" + VALUE + ")*\\s*\\)";

  private static final Pattern REQUIREMENT =
      Pattern.compile(
          "\\s*(?:!\\s*" + KEY
              + "|" + KEY + "\\s*(?:==?|!=)\\s*" + VALUE
              + "|" + KEY + "\\s+(?:in|notin)\\s*" + VALUES
              + "|" + KEY + ")\\s*(?=,|$)");

  private LabelSelector() {}

  public static String parse(String text) throws BadValueException {
    String selector = text.startsWith("{") ? JsonSelector.toText(text) : text;
    int invalidIndex = firstInvalidIndex(selector);
    if (invalidIndex >= 0) {
      throw new BadValueException("the selector is wrong at index " + invalidIndex);
    }
    return selector;
  }

  /** Returns the index of the first invalid requirement, or -1. */
  private static int firstInvalidIndex(String selector) {
    Matcher matcher = REQUIREMENT.matcher(selector);
    int start = 0;
    while (!selector.isEmpty()) {
      if (!matcher.region(start, selector.length()).lookingAt()) {
        return start;
      }
      if (matcher.end() == selector.length()) {
        break;
      }
      start = matcher.end() + 1;
    }
    return -1;
  }

  /** Whether the text is exactly one requirement. */
  static boolean isRequirement(String text) {
    Matcher matcher = REQUIREMENT.matcher(text);
    return matcher.lookingAt() && matcher.end() == text.length();
  }
}
