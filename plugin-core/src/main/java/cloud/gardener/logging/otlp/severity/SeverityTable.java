package cloud.gardener.logging.otlp.severity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;

/**
 * The single table of which word and which number maps to which OTLP SeverityNumber (1 to 24; 0 is unspecified).
 * docs/mapping.md shows these tables, and a test compares them.
 *
 * <p>The values are those of the data model's appendix B. A level that it does not name gets the severity of the
 * adjacent level in its own system. Where the appendix names a word twice with different values (critical, verbose),
 * the lower one is used, so that critical, alert and emergency keep their order.
 */
public final class SeverityTable {
  public static final int UNSPECIFIED = 0;
  static final int TRACE = 1;
  static final int DEBUG = 5;
  static final int INFO = 9;
  static final int WARN = 13;
  static final int ERROR = 17;
  static final int FATAL = 21;
  public static final int FATAL4 = 24;

  /**
   * Words of one severity, in lower case.
   *
   * @param number the OTLP SeverityNumber
   * @param name the short name of the severity in the data model
   */
  record Words(int number, String name, List<String> words) {}

  /**
   * Numbers of one severity, from {@code first} to {@code last}, both included.
   *
   * @param source the libraries that write them
   */
  record Numbers(int first, int last, int number, String source) {}

  static final List<Words> WORDS =
      List.of(
          words(1, "TRACE", "trace t trc trce trac finest silly trace1 trace5 trace6 trace7 trace8"),
          words(2, "TRACE2", "trace2"),
          words(3, "TRACE3", "trace3"),
          words(4, "TRACE4", "trace4"),
          words(
              5,
              "DEBUG",
              "debug d dbg dbug debu verbose v vrb finer debug1 debug5 d1 d2 d3 d4 d5"),
          words(6, "DEBUG2", "debug2 fine"),
          words(7, "DEBUG3", "debug3 config"),
          words(8, "DEBUG4", "debug4"),
          words(9, "INFO", "info i inf information informational log note normal http"),
          words(10, "INFO2", "info2 notice n success"),
          words(11, "INFO3", "info3"),
          words(12, "INFO4", "info4"),
          words(13, "WARN", "warn w wrn warning"),
          words(14, "WARN2", "warn2"),
          words(15, "WARN3", "warn3"),
          words(16, "WARN4", "warn4"),
          words(17, "ERROR", "error e err erro eror fail failure severe"),
          words(18, "ERROR2", "error2 critical c cri crit dpanic"),
          words(19, "ERROR3", "error3 alert a panic p pnc pani"),
          words(20, "ERROR4", "error4"),
          words(21, "FATAL", "fatal f ftl fata emergency emerg"),
          words(22, "FATAL2", "fatal2"),
          words(23, "FATAL3", "fatal3"),
          words(24, "FATAL4", "fatal4"));

  static final List<Numbers> NUMBERS =
      List.of(
          new Numbers(0, 0, FATAL, "syslog, emergency"),
          new Numbers(1, 1, 19, "syslog, alert"),
          new Numbers(2, 2, 18, "syslog, critical"),
          new Numbers(3, 3, ERROR, "syslog, error"),
          new Numbers(4, 4, WARN, "syslog, warning"),
          new Numbers(5, 5, 10, "syslog, notice"),
          new Numbers(6, 6, INFO, "syslog, informational"),
          new Numbers(7, 7, DEBUG, "syslog, debug"),
          new Numbers(8, 9, ERROR, "slog, error"),
          new Numbers(10, 10, TRACE, "pino and bunyan, trace"),
          new Numbers(20, 29, DEBUG, "pino and bunyan, debug and above"),
          new Numbers(30, 39, INFO, "pino and bunyan, info and above"),
          new Numbers(40, 49, WARN, "pino and bunyan, warn and above"),
          new Numbers(50, 59, ERROR, "pino and bunyan, error and above"),
          new Numbers(60, 69, FATAL, "pino and bunyan, fatal and above"),
          new Numbers(-4, -1, DEBUG, "zap and slog, debug"),
          new Numbers(-128, -5, TRACE, "zap and slog, below debug"));

  private static final int SLOTS = 512;
  private static final byte[][] WORD = new byte[SLOTS][];
  private static final byte[] WORD_NUMBER = new byte[SLOTS];

  private static final int LOWEST = NUMBERS.stream().mapToInt(Numbers::first).min().orElseThrow();
  private static final int HIGHEST = NUMBERS.stream().mapToInt(Numbers::last).max().orElseThrow();
  private static final byte[] NUMBER = new byte[HIGHEST - LOWEST + 1];

  private static final int LONGEST_WORD =
      WORDS.stream()
          .flatMap(row -> row.words().stream())
          .mapToInt(String::length)
          .max()
          .orElseThrow();

  static {
    WORDS.forEach(row -> row.words().forEach(word -> put(word.getBytes(US_ASCII), row.number())));
    for (Numbers row : NUMBERS) {
      for (int i = row.first(); i <= row.last(); i++) {
        NUMBER[i - LOWEST] = (byte) row.number();
      }
    }
  }

  private SeverityTable() {}

  private static Words words(int number, String name, String words) {
    return new Words(number, name, List.of(words.split(" ")));
  }

  private static void put(byte[] word, int number) {
    int slot = slot(word.length, word[0], word[word.length - 1], word[word.length / 2]);
    while (WORD[slot] != null) {
      slot = slot + 1 & SLOTS - 1;
    }
    WORD[slot] = word;
    WORD_NUMBER[slot] = (byte) number;
  }

  /** Returns the severity of a number that an application wrote. */
  static int ofNumber(long number) {
    return number < LOWEST || number > HIGHEST ? UNSPECIFIED : NUMBER[(int) number - LOWEST];
  }

  /** Returns the severity of klog's letter: I, W, E or F. */
  static int ofLetter(int letter) {
    return switch (letter) {
      case 'I' -> INFO;
      case 'W' -> WARN;
      case 'E' -> ERROR;
      case 'F' -> FATAL;
      default -> UNSPECIFIED;
    };
  }

  /** Returns the severity of a word, ignoring case. */
  static int ofWord(byte[] in, int offset, int length) {
    if (length <= 0 || length > LONGEST_WORD) {
      return UNSPECIFIED;
    }
    int slot =
        slot(length, lower(in[offset]), lower(in[offset + length - 1]), lower(in[offset + length / 2]));
    while (WORD[slot] != null) {
      if (WORD[slot].length == length && equalsIgnoringCase(WORD[slot], in, offset)) {
        return WORD_NUMBER[slot];
      }
      slot = slot + 1 & SLOTS - 1;
    }
    return UNSPECIFIED;
  }

  private static int slot(int length, int first, int last, int middle) {
    return length * 31 + first * 7 + last * 13 + middle * 3 & SLOTS - 1;
  }

  /** Whether as many bytes equal this lower-case word, ignoring case. */
  static boolean equalsIgnoringCase(byte[] word, byte[] in, int offset) {
    for (int i = 0; i < word.length; i++) {
      if (word[i] != lower(in[offset + i])) {
        return false;
      }
    }
    return true;
  }

  static int lower(int letter) {
    return letter >= 'A' && letter <= 'Z' ? letter | 0x20 : letter;
  }
}
