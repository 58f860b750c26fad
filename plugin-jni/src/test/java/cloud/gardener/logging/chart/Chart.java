package cloud.gardener.logging.chart;

import cloud.gardener.logging.e2e.Distribution;
import cloud.gardener.logging.seed.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The chart, rendered by the {@code helm} of PATH. Not thread-safe. */
final class Chart {
  static final String HELM = "helm";
  static final String NAMESPACE = "logging";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path work;

  /**
   * The chart.
   *
   * @param work a folder for values and output
   */
  Chart(Path work) {
    this.work = work;
  }

  /** A file of the chart. */
  static Path file(String name) {
    return Distribution.projectFolder().resolve("charts/fluent-bit-output-plugin").resolve(name);
  }

  /** What helm prints: objects, or why it refuses the values. */
  record Rendering(List<JsonNode> objects, String refusal) {}

  /** Renders the chart with values, on top of its own. */
  Rendering render(Map<?, ?> values) throws IOException, InterruptedException {
    Path file = Files.writeString(work.resolve("values.json"), JSON.writeValueAsString(values));
    Path output = work.resolve("rendered.yaml");
    Path errors = work.resolve("errors.txt");
    Process helm =
        new ProcessBuilder(
                Programs.path(HELM).toString(), "template", "plugin", file("").toString(),
                "--namespace", NAMESPACE, "--kube-version", "1.36", "--values", file.toString())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    return helm.waitFor() == 0
        ? new Rendering(read(Files.readString(output)), "")
        : new Rendering(List.of(), Files.readString(errors));
  }

  /** The documents of a text in YAML. */
  static List<JsonNode> read(String yaml) {
    List<JsonNode> documents = new ArrayList<>();
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
      if (document != null) {
        documents.add(JSON.valueToTree(document));
      }
    }
    return documents;
  }

  /** The table of values and of what they lead to. */
  static List<ChartCase> cases() throws IOException {
    try (var table = Chart.class.getResourceAsStream("/chart/cases.yaml")) {
      JsonNode cases = read(new String(table.readAllBytes(), StandardCharsets.UTF_8)).get(0);
      return cases.valueStream().map(ChartCase::of).toList();
    }
  }
}
