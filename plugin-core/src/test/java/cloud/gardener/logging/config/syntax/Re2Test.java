package cloud.gardener.logging.config.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user's regular expression means: what it means in Go. */
class Re2Test {
  /** The stack of the threads that match tags; see the shim's attached.c. */
  private static final int SMALL_STACK_BYTES = 512 * 1024;

  /** What Go's {@code FindString} finds of the text; empty: it finds nothing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "(?U)a+ ; aaa ; a",
        "(?U)a+? ; aaa ; aaa",
        "[a&&b]+ ; a&b ; a&b",
        "[a&&[b]] ; &] ; &]",
        "[a[b]+ ; a[b ; a[b",
        "log$ ; log\\n ; ''",
        "(?m)log$ ; log\\n ; log",
        "log\\z ; log ; log",
        "a.c ; a\\nc ; ''",
        "(?s)a.c ; a\\nc ; a\\nc",
        "a++ ; aaa ; !",
        "[[:alpha:]-]+ ; shoot-a ; shoot-a",
        "[[:alpha:]]+ ; a: ; a",
        "[:alpha:]+ ; pha: ; pha:",
        "[[:^digit:]]+ ; 1x: ; x:",
        "[[:word:]]+ ; a_1- ; a_1",
        "(?P<pod_name>[^_]+)_(?<ns>x) ; pod_x ; pod_x",
        "\\(?P<x> ; P<x> ; P<x>",
        "\\pL+ ; éß1 ; éß",
        "\\p{Greek} ; aω ; ω",
        "(?i)É ; é ; é",
        "\\w+ ; é_a ; _a",
        "\\Qa.b\\E ; a.b ; a.b",
        "a|ab ; ab ; a",
        "\\bshoot\\b ; a-shoot-b ; shoot",
      })
  void shouldMatchAsGoDoes(String expression, String text, String found) throws Exception {
    if (found.equals("!")) {
      assertThrows(BadValueException.class, () -> Re2.compile(expression));
      return;
    }
    Matcher matcher = Re2.compile(expression).matcher(text.replace("\\n", "\n"));
    assertEquals(found.replace("\\n", "\n"), matcher.find() ? matcher.group() : "");
  }

  @Test
  void shouldCountNamedGroupsAsGroups() throws Exception {
    assertEquals(2, Re2.compile("(?P<pod_name>[^_]+)_(?<ns>x)").groupCount());
  }

  @Test
  void shouldMatchALongTagOnASmallStack() throws Exception {
    String tag = "ab".repeat(2048);
    Pattern nested = Re2.compile("^((?:a|b)*)*$");

    assertNull(failureOnASmallStack(() -> assertTrue(nested.matcher(tag).find())));
  }

  @Test
  void shouldMatchInLinearTime() throws Exception {
    Pattern nested = Re2.compile("(x+x+)+y");

    assertFalse(nested.matcher("x".repeat(4096)).find()); // Would take longer than the universe is old.
  }

  /** Each is refused, or else compiles and matches; none fails. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a?){300}",
        "(a?){1000}",
        "a{0,1000}",
        "a{1000}",
        "(a{1000}){40}",
        "(a{1000}){1000}",
        "((a{1000}){1000}){1000}",
        "((a?){100}){40}",
        "((a|b|c?)?){1000}",
        "(a{0,1000}){0,9}",
        "[]]{1000}(",
        "[\\]]{1000}[",
        "\\",
        "a{99999999999}",
      })
  void shouldNeitherExhaustTheStackNorTheMemory(String expression) throws Exception {
    assertNull(failureOnASmallStack(() -> compileAndMatch(expression)));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 300, 1000, 100_000})
  void shouldNotExhaustTheStackByNesting(int depth) throws Exception {
    for (String begin : new String[] {"(", "(a|", "(?:a*"}) {
      String expression = begin.repeat(depth) + "a" + ")?".repeat(depth);
      assertNull(failureOnASmallStack(() -> compileAndMatch(expression)));
    }
  }

  @Test
  void shouldCompileAnAlternationOfAThousandNamespaces() throws Exception {
    StringBuilder expression = new StringBuilder("^(garden");
    for (int i = 0; i < 1000; i++) {
      expression.append("|shoot--project--").append(i);
    }
    Pattern list = Re2.compile(expression.append(")$").toString());

    assertNull(
        failureOnASmallStack(() -> assertTrue(list.matcher("shoot--project--999").find())));
  }

  private static void compileAndMatch(String expression) {
    try {
      Re2.compile(expression).matcher("a".repeat(4096)).find();
    } catch (BadValueException e) {
      assertTrue(e.getMessage().startsWith("the expression is "), e.getMessage());
    }
  }

  private static Throwable failureOnASmallStack(Runnable task) throws InterruptedException {
    Throwable[] failure = new Throwable[1];
    Thread thread = new Thread(null, task, "small", SMALL_STACK_BYTES);
    thread.setUncaughtExceptionHandler((of, e) -> failure[0] = e);
    thread.start();
    thread.join();
    return failure[0];
  }
}
