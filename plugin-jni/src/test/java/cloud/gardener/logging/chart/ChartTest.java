package cloud.gardener.logging.chart;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.seed.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The chart makes of values what {@code chart/cases.yaml} says. */
@Tag("real")
class ChartTest {
  @TempDir static Path work;

  @BeforeAll
  static void assumeHelm() {
    Programs.assume("ChartTest", Chart.HELM);
  }

  @TestFactory
  Stream<DynamicTest> shouldRenderTheFactsOfEachCase() throws IOException {
    return Chart.cases().stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> check(row)));
  }

  private static void check(ChartCase row) throws IOException, InterruptedException {
    Chart.Rendering rendering = new Chart(work).render(row.values());

    if (row.refused().isEmpty()) {
      assertEquals("", rendering.refusal());
    }
    for (String part : row.refused()) {
      assertTrue(rendering.refusal().contains(part), () -> "helm says: " + rendering.refusal());
    }
    List<JsonNode> objects = rendering.objects();
    assertAll(
        row.facts().entrySet().stream()
            .map(
                fact ->
                    () ->
                        assertTrue(
                            ChartCase.holds(objects, fact.getKey(), fact.getValue()),
                            () -> fact.getKey() + " is " + ChartCase.find(objects, fact.getKey()))));
  }
}
