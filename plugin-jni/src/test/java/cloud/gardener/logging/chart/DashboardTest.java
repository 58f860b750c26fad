package cloud.gardener.logging.chart;

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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Each query of the dashboard has an answer from a Prometheus that scrapes the plugin and keeps what the chart's lists
 * keep: while one backend fails half of the requests, another output drops all, and there is no API server.
 */
@Tag("real")
class DashboardTest {
  private static final Map<String, String> VARIABLES = Map.of("$__rate_interval", "10s", "$instance", ".*");

  @TempDir Path folder;

  @BeforeAll
  static void assumePrometheus() {
    Programs.assume("DashboardTest", Prometheus.PROGRAM);
  }

  @Test
  void shouldHaveAnAnswerToEveryQuery() throws Exception {
    List<String> unanswered = new ArrayList<>(queries());
    int fluentBitPort = Configuration.freePort();
    LogFile logs = new LogFile(folder.resolve("pod.log"), 0);

    try (OtlpSink backend = OtlpSink.start()) {
      backend.behave(SinkBehaviour.random(0.5, 1));
      Configuration configuration =
          new Configuration(logs.path(), folder.resolve("queue"))
              .service("HTTP_Server", "On")
              .service("HTTP_Listen", "127.0.0.1")
              .service("HTTP_Port", Integer.toString(fluentBitPort))
              .to(backend.port())
              .output("FluentBitMetricsPort", Integer.toString(fluentBitPort));
      configuration.secondOutput("SeedType", "noop", "DQueName", "dropped");
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

  private static void awaitAnswers(List<String> queries, Prometheus prometheus, LogFile logs)
      throws IOException, InterruptedException {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!queries.isEmpty()) {
      assertTrue(deadlineNs - System.nanoTime() > 0, () -> "no answer to " + queries);
      logs.write(10);
      removeAnswered(queries, prometheus);
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static Map<String, String> noApiServer() {
    return Map.of("KUBECONFIG", "", "KUBERNETES_SERVICE_HOST", "");
  }

  private static void removeAnswered(List<String> queries, Prometheus prometheus)
      throws IOException, InterruptedException {
    for (String query : List.copyOf(queries)) {
      if (prometheus.value(query).isPresent()) {
        queries.remove(query);
      }
    }
  }

  /** Those of the panels; without those of Fluent Bit's own metrics where the host has none. */
  private static List<String> queries() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(Files.readString(Chart.file("files/dashboard.json")));
    boolean fluentBit = Distribution.hostKind() == Distribution.HostKind.FLUENT_BIT;
    List<String> queries =
        dashboard.path("panels").valueStream()
            .flatMap(panel -> panel.path("targets").valueStream())
            .map(target -> target.path("expr").asString())
            .filter(query -> fluentBit || !query.contains("fluentbit_input_") && !query.contains("fluentbit_output_"))
            .map(DashboardTest::withoutVariables)
            .toList();
    assertTrue(queries.size() >= 20, "the dashboard has queries: " + queries);
    return queries;
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
