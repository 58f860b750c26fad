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
  private final Deque<Long> around = new ArrayDeque<>();
  private int at;
  private long group;
  private long last;

  private RegexCost(String expression) {
    this.expression = expression;
  }

  static void check(String expression) throws BadValueException {
    RegexCost cost = new RegexCost(expression);
    while (cost.at < expression.length()) {
      cost.step();
      if (cost.group > MAX || (long) cost.around.size() * GROUP > MAX) {
        throw tooComplex();
      }
    }
  }

  static BadValueException tooComplex() {
    return new BadValueException(
        "the expression is too complex: it nests too deeply, repeats too often, or is too long");
  }

  private void step() {
    char c = expression.charAt(at++);
    switch (c) {
      case '(' -> {
        around.push(group);
        group = GROUP;
        last = 0;
      }
      case ')' -> close();
      case '*', '+', '?', '|' -> group += BRANCH;
      case '{' -> repeat();
      case '[' -> {
        skipClass();
        add();
      }
      case '\\' -> {
        at++;
        add();
      }
      default -> add();
    }
  }

  private void add() {
    last = 1;
    group++;
  }

  private void close() {
    if (!around.isEmpty()) {
      last = group;
      group += around.pop();
    }
  }

  private void repeat() {
    Matcher repetition = REPETITION.matcher(expression).region(at - 1, expression.length());
    if (!repetition.lookingAt()) {
      add();
      return;
    }
    at = repetition.end();
    String min = repetition.group(1);
    String max = repetition.group(2);
    long times = Long.parseLong(max == null || max.isEmpty() ? min : max);
    long each = max == null ? last : last + BRANCH; // An optional copy is a branch.
    group += each * times;
    last = each * times;
  }

  /** Skips a class, from after its opening bracket to after the closing one. */
  private void skipClass() {
    boolean first = true;
    while (at < expression.length()) {
      char c = expression.charAt(at++);
      if (c == '\\') {
        at++;
      } else if (c == '[' && expression.startsWith(":", at) && expression.indexOf(":]", at) > 0) {
        at = expression.indexOf(":]", at) + 2;
      } else if (c == ']' && !first) {
        return;
      }
      first &= c == '^';
    }
  }
}
