package cloud.gardener.logging.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.e2e.Configuration;
import cloud.gardener.logging.e2e.Distribution;
import cloud.gardener.logging.e2e.HostProcess;
import cloud.gardener.logging.e2e.LogFile;
import cloud.gardener.logging.seed.Programs;
import cloud.gardener.logging.seed.Prometheus;
import cloud.gardener.logging.sink.OtlpSink;
import cloud.gardener.logging.sink.SinkBehaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Each query of the dashboard has an answer from a Prometheus that scrapes the plugin and keeps what the chart's lists
 * keep: while one backend fails half of the requests, another one refuses all, and there is no API server.
 */
@Tag("real")
class DashboardTest {
  private static final Map<String, String> VARIABLES = Map.of("$__rate_interval", "10s", "$instance", ".*");

  /** What makes an answer of none. */
  private static final String DEFAULT = " or vector(0)";

  private static final Pattern LEGEND_LABEL = Pattern.compile("\\{\\{(\\w+)}}");

  /** A query of a panel, and what the panel writes beside each series of the answer. */
  private record Query(String panel, String text, String legend) {
    Set<String> legendLabels() {
      return LEGEND_LABEL.matcher(legend).results().map(label -> label.group(1)).collect(Collectors.toSet());
    }

    boolean isAnsweredBy(List<Set<String>> series) {
      return !series.isEmpty() && series.stream().allMatch(labels -> labels.containsAll(legendLabels()));
    }
  }

  @TempDir Path folder;

  @BeforeAll
  static void assumePrometheus() {
    Programs.assume("DashboardTest", Prometheus.PROGRAM);
  }

  @Test
  void shouldHaveAnAnswerWithTheLabelsOfItsLegendToEveryQuery() throws Exception {
    List<Query> unanswered = new ArrayList<>(queries());
    unanswered.removeIf(query -> asksFluentBit(query) && !hasFluentBit());
    int fluentBitPort = Configuration.freePort();
    LogFile logs = new LogFile(folder.resolve("pod.log"), 0);

    try (OtlpSink backend = OtlpSink.start();
        OtlpSink refusing = OtlpSink.start()) {
      backend.behave(SinkBehaviour.random(0.5, 1));
      refusing.behave(SinkBehaviour.refuse());
      Configuration configuration =
          new Configuration(logs.path(), folder.resolve("queue"))
              .service("HTTP_Server", "On")
              .service("HTTP_Listen", "127.0.0.1")
              .service("HTTP_Port", Integer.toString(fluentBitPort))
              .to(backend.port())
              .output("FluentBitMetricsPort", Integer.toString(fluentBitPort));
      configuration.secondOutput(
          "Endpoint", "127.0.0.1:" + refusing.port(), "RefusedPolicy", "drop", "DQueName", "dropped",
          "DynamicHostPath", "{\"kubernetes\": {\"namespace_name\": \"namespace\"}}");
      logs.write(1);
      try (HostProcess host = HostProcess.start(folder, configuration.toString(), noApiServer());
          Prometheus prometheus =
              Prometheus.start(
                  folder.resolve("prometheus"),
                  configuration.metricsPort(), keepList("keep-plugin.txt"),
                  fluentBitPort, keepList("keep-fluent-bit.txt"))) {
        awaitAnswers(unanswered, prometheus, logs);
        assertTrue(host.isAlive());
      }
    }
  }

  /** Series of two queries with one legend cannot be told apart. */
  @Test
  void shouldHaveALegendOfItsOwnForEachQueryOfAPanel() throws IOException {
    List<String> legends = queries().stream().map(query -> query.panel() + ": " + query.legend()).toList();

    assertEquals(legends.stream().distinct().toList(), legends);
  }

  private static void awaitAnswers(List<Query> queries, Prometheus prometheus, LogFile logs)
      throws IOException, InterruptedException {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!queries.isEmpty()) {
      assertTrue(deadlineNs - System.nanoTime() > 0, () -> "no answer, or not with the labels of its legend: " + queries);
      logs.write(10);
      removeAnswered(queries, prometheus);
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static Map<String, String> noApiServer() {
    return Map.of("KUBECONFIG", "", "KUBERNETES_SERVICE_HOST", "");
  }

  private static void removeAnswered(List<Query> queries, Prometheus prometheus)
      throws IOException, InterruptedException {
    for (Query query : List.copyOf(queries)) {
      if (query.isAnsweredBy(prometheus.labels(query.text()))) {
        queries.remove(query);
      }
    }
  }

  private static boolean asksFluentBit(Query query) {
    return query.text().contains("fluentbit_input_") || query.text().contains("fluentbit_output_");
  }

  private static boolean hasFluentBit() {
    return Distribution.hostKind() == Distribution.HostKind.FLUENT_BIT;
  }

  /** Those of the panels. */
  private static List<Query> queries() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(Files.readString(Chart.file("files/dashboard.json")));
    List<Query> queries =
        dashboard.path("panels").valueStream()
            .flatMap(panel -> panel.path("targets").valueStream().map(target -> query(panel, target)))
            .toList();
    assertTrue(queries.size() >= 30, "the dashboard has queries: " + queries);
    return queries;
  }

  private static Query query(JsonNode panel, JsonNode target) {
    return new Query(
        panel.path("title").asString(),
        withoutVariables(target.path("expr").asString().replace(DEFAULT, "")),
        target.path("legendFormat").asString());
  }

  private static String withoutVariables(String query) {
    String text = query;
    for (var variable : VARIABLES.entrySet()) {
      text = text.replace(variable.getKey(), variable.getValue());
    }
    assertTrue(!text.contains("$"), text);
    return text;
  }

  private static List<String> keepList(String name) throws IOException {
    try (Stream<String> lines = Files.lines(Chart.file("files").resolve(name))) {
      return lines.toList();
    }
  }
}
