package cloud.gardener.logging.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.seed.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart's alerts fire when they should and only then, says {@code promtool}. */
@Tag("real")
class AlertsTest {
  private static final String PROMTOOL = "promtool";

  @TempDir Path folder;

  @BeforeAll
  static void assumePromtool() {
    Programs.assume("AlertsTest", PROMTOOL);
  }

  @Test
  void shouldBeRulesThatPrometheusReads() throws Exception {
    promtool("check", Chart.file("files/alerts.yaml"));
  }

  @Test
  void shouldFireOnTheSeriesOfEachFaultAndOnNoOthers() throws Exception {
    String tests;
    try (var table = AlertsTest.class.getResourceAsStream("/chart/alerts.yaml")) {
      tests = new String(table.readAllBytes(), StandardCharsets.UTF_8);
    }
    String rules = Chart.file("files/alerts.yaml").toString();
    promtool("test", Files.writeString(folder.resolve("tests.yaml"), tests.replace("RULES", rules)));
  }

  private static void promtool(String command, Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(Programs.path(PROMTOOL).toString(), command, "rules", file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }
}
