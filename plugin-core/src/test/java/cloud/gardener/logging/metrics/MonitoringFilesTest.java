package cloud.gardener.logging.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The chart's alerts, dashboard and keep lists name what the plugin has, and each alert has its runbook entry. */
class MonitoringFilesTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:fluentbit|dque|output_plugin|process|jvm|target)_[a-z_]*[a-z]\\b");
  private static final Pattern REASONS = Pattern.compile("[{,]reason=~?\"([a-z_|]+)\"");
  private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

  /** What the configuration asks for, or what a shoot that is gone leaves behind. */
  private static final Set<String> QUIET_REASONS =
      Set.of("noop", "testing", "no_metadata", "no_client");

  @Test
  void shouldKeepOnlyExistingMetrics() {
    Set<String> exposed =
        Arrays.stream(MetricFamily.values()).map(MonitoringFilesTest::series).collect(Collectors.toSet());

    List<String> unknown =
        keepList("keep-plugin.txt").stream()
            .filter(line -> !line.startsWith("jvm_") && !exposed.contains(line))
            .toList();

    assertEquals(List.of(), unknown);
  }

  private static String series(MetricFamily family) {
    boolean histogram = family.type() == MetricFamily.Type.HISTOGRAM;
    return family.exposedName() + (histogram ? "_(bucket|sum|count)" : "");
  }

  @Test
  void shouldKeepTheMetricsOfAlertsAndDashboards() {
    List<String> kept =
        Stream.concat(keepList("keep-plugin.txt").stream(), keepList("keep-fluent-bit.txt").stream()).toList();

    List<String> lost =
        Stream.of("alerts.yaml", "dashboard.json")
            .flatMap(name -> find(METRIC, file(name), 0))
            .distinct()
            .filter(metric -> kept.stream().noneMatch(metric::matches))
            .toList();

    assertEquals(List.of(), lost);
  }

  @Test
  void shouldAlertOnEveryLossReason() {
    Set<String> reasons =
        find(REASONS, file("alerts.yaml"), 1)
            .flatMap(found -> Arrays.stream(found.split("\\|")))
            .collect(Collectors.toCollection(TreeSet::new));
    reasons.addAll(QUIET_REASONS);

    assertEquals(labels(Arrays.stream(DropReason.values()).map(DropReason::label)), reasons);
  }

  @Test
  void shouldAlertOnExistingErrorTypes() {
    String alerts = file("alerts.yaml");

    Set<String> types = labels(find(Pattern.compile("[{,]type=\"(\\w+)\""), alerts, 1));
    types.removeAll(labels(Arrays.stream(ErrorType.values()).map(ErrorType::label)));
    Set<String> errors = labels(find(Pattern.compile("error_type=\"(\\w+)\""), alerts, 1));
    errors.removeAll(labels(Arrays.stream(ExportError.values()).map(ExportError::label)));

    assertEquals(Set.of(), types);
    assertEquals(Set.of(), errors);
  }

  @Test
  void shouldHaveARunbookEntryForEachAlert() throws IOException {
    String alerts = file("alerts.yaml");
    String runbook = Files.readString(ROOT.resolve("docs/troubleshooting.md"));

    Collection<String> names = find(ALERT, alerts, 1).toList();
    List<String> missing =
        names.stream()
            .filter(
                name ->
                    !runbook.contains("\n### " + name + "\n")
                        || !alerts.contains("troubleshooting.md#" + name.toLowerCase(Locale.ROOT) + "\n"))
            .toList();

    assertTrue(names.size() >= 10, "alerts.yaml has alerts: " + names);
    assertEquals(List.of(), missing);
  }

  private static Set<String> labels(Stream<String> labels) {
    return labels.collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> find(Pattern pattern, String text, int group) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(group));
  }

  private static List<String> keepList(String name) {
    return file(name).lines().toList();
  }

  private static String file(String name) {
    try {
      return Files.readString(ROOT.resolve("charts/fluent-bit-output-plugin/files").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
