package cloud.gardener.logging.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/metrics.md says what the code does. Its tables are written by this test with {@code -Dupdate.docs=true};
 * everything else in it is written by hand.
 */
class MetricsDocTest {
  private static final Path DOC =
      Path.of(System.getProperty("basedir", ".")).resolve("../docs/metrics.md");
  private static final String BEGIN = "<!-- metrics: begin -->\n";
  private static final String END = "<!-- metrics: end -->\n";

  @Test
  void shouldDocumentEveryMetricAsItIs() throws IOException {
    String text = Files.readString(DOC);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    String expected = tables();
    if (Boolean.getBoolean("update.docs")) {
      Files.writeString(DOC, text.substring(0, begin) + expected + text.substring(end));
      return;
    }
    assertEquals(
        expected,
        text.substring(begin, end),
        "docs/metrics.md differs from the code; to write its tables anew:"
            + " mvn -pl plugin-core test -Dtest=MetricsDocTest -Dupdate.docs=true");
  }

  @Test
  void shouldExplainEveryReasonAndError() throws IOException {
    String text = Files.readString(DOC);

    List<String> missing =
        Stream.of(
                Arrays.stream(DropReason.values()).map(DropReason::label),
                Arrays.stream(ErrorType.values()).map(ErrorType::label),
                Arrays.stream(ExportError.values()).map(ExportError::label))
            .flatMap(labels -> labels)
            .filter(label -> !text.contains("\n| `" + label + "` | "))
            .toList();

    assertEquals(List.of(), missing, "docs/metrics.md has a row for each of them");
  }

  private static String tables() {
    return "\n| Metric | Type | Labels | Meaning |\n|---|---|---|---|\n"
        + Arrays.stream(MetricFamily.values()).map(MetricsDocTest::row).collect(Collectors.joining())
        + "\n";
  }

  private static String row(MetricFamily family) {
    return "| `" + family.exposedName() + "` | " + family.type().name().toLowerCase(Locale.ROOT)
        + " | " + family.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "))
        + " | " + family.meaning() + " |\n";
  }
}
