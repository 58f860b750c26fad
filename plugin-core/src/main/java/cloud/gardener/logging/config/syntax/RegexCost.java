package cloud.gardener.logging.config.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bounds the cost of an expression before it is compiled. A repetition is compiled to copies of the repeated part, so a
 * short text such as {@code (x{1000}){1000}} takes a lot of memory. re2j also recurses into branches and groups, on
 * threads with small stacks.
 *
 * <p>The cost is an estimate: 1 for a character or a class, more for a branch or a group, times the repetitions around
 * it. It need not follow the syntax exactly: an invalid expression is rejected later.
 */
final class RegexCost {
  private static final int BRANCH = 64;
  private static final int GROUP = 2 * BRANCH;
  private static final int MAX = 1_500 * BRANCH;

  private static final Pattern REPETITION = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?}");

  private final String expression;
  private final Deque<Long> enclosingCosts = new ArrayDeque<>();
  private int position;
  private long groupCost;
  private long lastElementCost;

  private RegexCost(String expression) {
    this.expression = expression;
  }

  static void check(String expression) throws BadValueException {
    RegexCost cost = new RegexCost(expression);
    while (cost.position < expression.length()) {
      cost.readElement();
      if (cost.groupCost > MAX || (long) cost.enclosingCosts.size() * GROUP > MAX) {
        throw tooComplex();
      }
    }
  }

  static BadValueException tooComplex() {
    return new BadValueException(
        "the expression is too complex: it nests too deeply, repeats too often, or is too long");
  }

  private void readElement() {
    char c = expression.charAt(position++);
    switch (c) {
      case '(' -> {
        enclosingCosts.push(groupCost);
        groupCost = GROUP;
        lastElementCost = 0;
      }
      case ')' -> closeGroup();
      case '*', '+', '?', '|' -> groupCost += BRANCH;
      case '{' -> readRepetition();
      case '[' -> {
        skipCharacterClass();
        addCharacter();
      }
      case '\\' -> {
        position++;
        addCharacter();
      }
      default -> addCharacter();
    }
  }

  private void addCharacter() {
    lastElementCost = 1;
    groupCost++;
  }

  private void closeGroup() {
    if (!enclosingCosts.isEmpty()) {
      lastElementCost = groupCost;
      groupCost += enclosingCosts.pop();
    }
  }

  private void readRepetition() {
    Matcher repetition = REPETITION.matcher(expression).region(position - 1, expression.length());
    if (!repetition.lookingAt()) {
      addCharacter();
      return;
    }
    position = repetition.end();
    String min = repetition.group(1);
    String max = repetition.group(2);
    long copies = Long.parseLong(max == null || max.isEmpty() ? min : max);
    long copyCost = max == null ? lastElementCost : lastElementCost + BRANCH; // An optional copy is a branch.
    groupCost += copyCost * copies;
    lastElementCost = copyCost * copies;
  }

  /** Skips a class, from after its opening bracket to after the closing one. */
  private void skipCharacterClass() {
    boolean first = true;
    while (position < expression.length()) {
      char c = expression.charAt(position++);
      if (c == '\\') {
        position++;
      } else if (c == '[' && expression.startsWith(":", position) && expression.indexOf(":]", position) > 0) {
        position = expression.indexOf(":]", position) + 2;
      } else if (c == ']' && !first) {
        return;
      }
      first &= c == '^';
    }
  }
}
