package cloud.gardener.logging.otlp.severity;

import cloud.gardener.logging.DocTables;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/mapping.md shows the severities as they are. */
class SeverityDocTest {
  private static final DocTables DOC = new DocTables("mapping.md", "severity");

  @Test
  void shouldDocumentEveryWordAndNumber() throws IOException {
    DOC.check("\n" + words() + "\n" + numbers() + "\n", SeverityDocTest.class);
  }

  private static String words() {
    return "| Word, in any case | Severity |\n|---|---|\n"
        + SeverityTable.WORDS.stream()
            .map(row -> "| " + code(row) + " | " + severity(row.number()) + " |\n")
            .collect(Collectors.joining());
  }

  private static String code(SeverityTable.Words row) {
    return row.words().stream().map(word -> "`" + word + "`").collect(Collectors.joining(" "));
  }

  private static String numbers() {
    return "| Number | Severity | Source |\n|---|---|---|\n"
        + SeverityTable.NUMBERS.stream()
            .map(
                row ->
                    "| " + range(row) + " | " + severity(row.number()) + " | " + row.source() + " |\n")
            .collect(Collectors.joining());
  }

  private static String range(SeverityTable.Numbers row) {
    return row.first() == row.last() ? "" + row.first() : row.first() + " to " + row.last();
  }

  private static String severity(int number) {
    return SeverityTable.WORDS.get(number - 1).name() + " (" + number + ")";
  }
}
