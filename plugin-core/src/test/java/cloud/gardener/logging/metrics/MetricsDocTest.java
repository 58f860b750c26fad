package cloud.gardener.logging.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.DocTables;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/metrics.md says what the code does. */
class MetricsDocTest {
  private static final DocTables DOC = new DocTables("metrics.md", "metrics");

  @Test
  void shouldDocumentEveryMetricAsItIs() throws IOException {
    DOC.check(tables(), MetricsDocTest.class);
  }

  @Test
  void shouldExplainEveryReasonAndError() throws IOException {
    String text = DOC.text();

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
