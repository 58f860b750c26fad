package cloud.gardener.logging.config.value;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Regular expressions that a user writes. They are RE2's, as in Go, so that an expression means here
 * what it means in the Go plugin, and matching takes linear time.
 */
public final class Re2 {
  /** How re2j names a parenthesis that closes nothing. */
  private static final String STACK_UNDERFLOW = "stack underflow";

  private static final int MAX_SHOWN = 40;

  private Re2() {}

  /** Compiles the expression. The error says what is wrong with it. */
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
    boolean isShown =
        !part.isEmpty()
            && part.length() <= MAX_SHOWN
            && part.chars().noneMatch(Character::isISOControl);
    return e.getDescription() + (isShown ? " at " + part : "");
  }
}
