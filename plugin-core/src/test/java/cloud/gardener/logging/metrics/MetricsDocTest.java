package cloud.gardener.logging.metrics;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.DocTables;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** Each label whose values are an enum has a section, with a row for each value and no other. */
  @Test
  void shouldExplainEachValueOfALabel() throws IOException {
    assertExplained("`reason`", Arrays.stream(DropReason.values()).map(DropReason::label));
    assertExplained(
        "`type` of `fluentbit_gardener_errors_total`",
        Arrays.stream(ErrorType.values()).map(ErrorType::label));
    assertExplained(
        "`result` of `fluentbit_gardener_namespace_questions_total`",
        Arrays.stream(QueryResult.values()).map(QueryResult::label));
    assertExplained(
        "`error_type` of `dque_export_errors_total`",
        Arrays.stream(ExportError.values()).map(ExportError::label));
  }

  private static void assertExplained(String label, Stream<String> values) throws IOException {
    Matcher section =
        Pattern.compile("### .*: " + label + "\n\n\\| .*\n\\|---\\|---\\|\n((?:\\|.*\n)+)").matcher(DOC.text());
    assertTrue(section.find(), "docs/metrics.md has a section about " + label);
    Set<String> rows =
        Pattern.compile("(?m)^\\| `(\\w+)` \\| ")
            .matcher(section.group(1))
            .results()
            .map(row -> row.group(1))
            .collect(toCollection(TreeSet::new));

    assertEquals(values.collect(toCollection(TreeSet::new)), rows, label);
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
