package cloud.gardener.logging.otlp.severity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeverityTest {
  /** The data model's appendix B, and what else the issue trackers of the field name. */
  @ParameterizedTest
  @CsvSource({
    "FINEST, 1", "FINER, 5", "FINE, 6", "CONFIG, 7", "SEVERE, 17", "WARNING, 13", "INFO, 9",
    "Trace, 1", "Debug, 5", "Information, 9", "Warn, 13", "Error, 17", "Critical, 18",
    "Verbose, 5", "DPANIC, 18", "dpanic, 18", "panic, 19", "fatal, 21",
    "emerg, 21", "emergency, 21", "alert, 19", "crit, 18", "err, 17", "notice, 10",
    "informational, 9", "trace8, 1", "ftl, 21", "PNC, 19", "fail, 17", "dbug, 5", "trce, 1",
    "erro, 17", "fata, 21", "warn4, 16", "FATAL4, 24", "success, 10", "silly, 1"
  })
  void shouldKnowTheWordsOfLoggingSystems(String word, int number) {
    assertEquals(number, of(word));
    assertEquals(number, of(word.toUpperCase(Locale.ROOT)));
    assertEquals(number, of(word.toLowerCase(Locale.ROOT)));
  }

  @Test
  void shouldNotCountWhatStandsAroundALevel() {
    for (String text :
        new String[] {
          "error ", " error", "[ERROR]", "<error>", "(Error)", "ERROR:", "\"error\"", "[ error ]",
          "\tERROR\r\n", "*error*", "|ERROR|", "\u001b[31mERROR\u001b[0m", "[\u001b[1;31merror\u001b[0m]"
        }) {
      assertEquals(17, of(text), text);
    }
    assertEquals(13, of("<warn>"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 21", "1, 19", "2, 18", "3, 17", "4, 13", "5, 10", "6, 9", "7, 5",
    "8, 17", "10, 1", "20, 5", "30, 9", "35, 9", "40, 13", "50, 17", "60, 21",
    "-1, 5", "-4, 5", "-8, 1", "12, 0", "70, 0", "100, 0", "-129, 0"
  })
  void shouldKnowNumbersAsNumbersAndAsText(long number, int severity) {
    assertEquals(severity, SeverityTable.ofNumber(number));
    assertEquals(severity, of(Long.toString(number)));
    assertEquals(severity, of("[" + number + "]"));
  }

  @ParameterizedTest
  @CsvSource({
    "INFO+2, 11", "DEBUG-4, 1", "ERROR+4, 21", "WARN-1, 12", "ERROR+999, 24", "debug-99, 1",
    "Level(-2), 5", "LEVEL(-7), 1", "Level(x), 0", "INFO+, 0", "INFO+x, 0",
    "SEVERITY_NUMBER_INFO2, 10", "SEVERITY_NUMBER_UNSPECIFIED, 0"
  })
  void shouldReadWhatLoggersMakeOfLevelsBetweenTheirNames(String text, int number) {
    assertEquals(number, of(text));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "9, 9", "17, 17", "24, 24", "0, 0", "25, 0", "-1, 0", "SEVERITY_NUMBER_WARN, 13", "error, 17"})
  void shouldReadOtlpNumbersAsTheyAre(String text, int number) {
    byte[] bytes = text.getBytes(UTF_8);
    assertEquals(number, Severity.otlpNumber(bytes, 0, bytes.length));
  }

  @ParameterizedTest
  @CsvSource({"''", "custom", "'[]'", "null", "true", "99999", "12345678901234567890", "--1", "+", "information!"})
  void shouldLeaveWhatIsNoLevelUnspecified(String text) {
    assertEquals(0, of(text));
  }

  @Test
  void shouldNotReadALongTextAsALevel() {
    assertEquals(0, of("error" + " ".repeat(Severity.LONGEST)));
  }

  @Test
  void shouldNameEveryWordOnceAndEveryNumberOnce() {
    Set<String> words = new HashSet<>();
    SeverityTable.WORDS.forEach(
        row -> row.words().forEach(word -> assertTrue(words.add(word), word)));
    Set<Integer> numbers = new HashSet<>();
    SeverityTable.NUMBERS.forEach(
        row -> {
          for (int number = row.first(); number <= row.last(); number++) {
            assertTrue(numbers.add(number), () -> row.toString());
          }
        });
    for (int number = 1; number <= 24; number++) {
      assertEquals(number, of(SeverityTable.WORDS.get(number - 1).name()));
    }
  }

  private static int of(String text) {
    byte[] bytes = ("xx" + text + "yy").getBytes(UTF_8);
    return Severity.ofString(bytes, 2, bytes.length - 4);
  }
}
