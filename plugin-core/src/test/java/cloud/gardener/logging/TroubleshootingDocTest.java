package cloud.gardener.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The lines of the log that {@code docs/troubleshooting.md} quotes are in the code: what a person finds in the log is
 * what a person can search for. Three dots stand for what differs each time.
 */
class TroubleshootingDocTest {
  private static final Path ROOT = Path.of("..");

  /** A table of log lines, up to the empty line behind it; its first column has the quotes. */
  private static final Pattern TABLE = Pattern.compile("(?s)\\n\\| The log says \\|.*?\\n\\n");

  private static final Pattern FIRST_COLUMN = Pattern.compile("(?m)^\\|([^|]*)\\|");
  private static final Pattern QUOTE = Pattern.compile("`([^`\\n]+)`");

  /** Of the dynamic linker. */
  private static final Set<String> FOREIGN = Set.of("GLIBC_2.34' not found");

  private static final Set<String> STATUSES =
      Arrays.stream(Status.Code.values()).map(Status.Code::name).collect(Collectors.toSet());

  @Test
  void shouldQuoteOnlyWhatTheCodeWrites() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/troubleshooting.md"));
    String code = code();

    List<String> quotes = quotes(page).distinct().toList();
    List<String> unknown =
        quotes.stream()
            .filter(quote -> !FOREIGN.contains(quote) && !STATUSES.contains(quote))
            .flatMap(quote -> Arrays.stream(quote.replaceFirst("^HTTP \\d+$", "HTTP ").split("\\.\\.\\.")))
            .map(part -> part.replaceAll("^[,;: ]+|[,;: ]+$", ""))
            .filter(part -> !code.contains(part.toLowerCase(Locale.ROOT)))
            .toList();

    assertTrue(quotes.size() >= 30, "the page quotes the log: " + quotes);
    assertEquals(List.of(), unknown);
  }

  private static Stream<String> quotes(String page) {
    Stream<String> inTables =
        find(TABLE, page, 0).flatMap(table -> find(FIRST_COLUMN, table, 1)).flatMap(cell -> find(QUOTE, cell, 1));
    Stream<String> withDots = find(QUOTE, page, 1).filter(quote -> quote.contains("..."));
    return Stream.concat(inTables, withDots);
  }

  private static Stream<String> find(Pattern pattern, String text, int group) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(group));
  }

  /** The sources in lower case, with each text in one piece. */
  private static String code() throws IOException {
    StringBuilder code = new StringBuilder();
    for (String folder : List.of("plugin-core/src/main", "plugin-jni/src/main", "native/shim")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        for (Path file : files.filter(path -> path.toString().matches(".*\\.(java|c)")).toList()) {
          code.append(Files.readString(file));
        }
      }
    }
    return code.toString().replaceAll("\"\\s*\\+?\\s*\"", "").toLowerCase(Locale.ROOT);
  }
}
