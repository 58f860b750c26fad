package cloud.gardener.logging.config.syntax;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Compiles the regular expressions of users. They use RE2's syntax, as in Go, so that an expression has the same
 * meaning as in the Go plugin, and matching takes linear time.
 */
public final class Re2 {
  /** re2j's description of a closing parenthesis without an opening one. */
  private static final String STACK_UNDERFLOW = "stack underflow";

  private static final int MAX_SHOWN = 40;

  private Re2() {}

  /** Compiles the expression. The error says why it is invalid. */
  public static Pattern compile(String expression) throws BadValueException {
    RegexCost.check(expression);
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new BadValueException("the expression is wrong: " + reason(e));
    } catch (StackOverflowError e) {
      throw RegexCost.tooComplex();
    }
  }

  private static String reason(PatternSyntaxException e) {
    String part = e.getPattern() == null ? "" : e.getPattern();
    if (part.equals(STACK_UNDERFLOW)) {
      return "unexpected )";
    }
    boolean canQuote =
        !part.isEmpty()
            && part.length() <= MAX_SHOWN
            && part.chars().noneMatch(Character::isISOControl);
    return e.getDescription() + (canQuote ? " at " + part : "");
  }
}
