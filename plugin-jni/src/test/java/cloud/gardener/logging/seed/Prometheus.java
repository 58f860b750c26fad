package cloud.gardener.logging.seed;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Prometheus from PATH, on 127.0.0.1: it scrapes a node's Fluent Bit each second, and keeps a list of metrics. */
public final class Prometheus implements AutoCloseable {
  public static final String PROGRAM = "prometheus";

  /** What Gardener's ServiceMonitor keeps of the plugin's metrics; of a histogram, its three. */
  public static final List<String> PLUGIN_METRICS =
      List.of(
          "fluentbit_gardener_clients_total",
          "fluentbit_gardener_errors_total",
          "fluentbit_gardener_logs_without_metadata_total",
          "fluentbit_gardener_incoming_logs_total",
          "fluentbit_gardener_output_client_logs_total",
          "fluentbit_gardener_exported_client_logs_total",
          "fluentbit_gardener_throttled_logs_total",
          "fluentbit_gardener_buffered_logs",
          "fluentbit_gardener_dropped_logs_total",
          "fluentbit_gardener_dque_size",
          "output_plugin_otel_sdk_log_created_total",
          "output_plugin_otel_sdk_exporter_log_exported_total",
          "output_plugin_otel_sdk_exporter_log_inflight",
          "output_plugin_otel_sdk_exporter_operation_duration_seconds_(bucket|sum|count)",
          "output_plugin_rpc_client_call_duration_seconds_(bucket|sum|count)",
          "output_plugin_rpc_client_request_size_bytes_(bucket|sum|count)",
          "output_plugin_rpc_client_response_size_bytes_(bucket|sum|count)",
          "process_cpu_seconds_total",
          "process_resident_memory_bytes",
          "process_virtual_memory_bytes",
          "process_virtual_memory_max_bytes",
          "process_network_transmit_bytes_total",
          "process_network_receive_bytes_total",
          "target_info");

  /** And of Fluent Bit's own. */
  private static final List<String> FLUENT_BIT_METRICS =
      List.of(
          "fluentbit_input_bytes_total",
          "fluentbit_input_records_total",
          "fluentbit_output_proc_bytes_total",
          "fluentbit_output_proc_records_total",
          "fluentbit_output_errors_total",
          "fluentbit_output_retries_total",
          "fluentbit_output_retries_failed_total",
          "fluentbit_filter_add_records_total",
          "fluentbit_filter_drop_records_total");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Daemon process;
  private final int port;

  private Prometheus(Daemon process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it on a free port; {@code folder} keeps its data. It keeps what Gardener keeps. */
  public static Prometheus start(Path folder, int pluginPort, int fluentBitPort)
      throws IOException, InterruptedException {
    return start(folder, pluginPort, PLUGIN_METRICS, fluentBitPort, FLUENT_BIT_METRICS);
  }

  /** The same, with lists of its own: names of metrics, as regular expressions. */
  public static Prometheus start(
      Path folder, int pluginPort, List<String> pluginMetrics, int fluentBitPort, List<String> fluentBitMetrics)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path configuration =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            "global: {scrape_interval: 1s}\nscrape_configs:\n"
                + job("fluent-bit-output-plugin", "/metrics", pluginPort, pluginMetrics)
                + job("fluent-bit", "/api/v2/metrics/prometheus", fluentBitPort, fluentBitMetrics));
    int port = Ports.free();
    Daemon process =
        Daemon.start(
            folder.resolve(PROGRAM + ".log"),
            List.of(
                Programs.path(PROGRAM).toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port));
    Prometheus prometheus = new Prometheus(process, port);
    try {
      process.await("it answers", () -> !prometheus.get("/-/ready").isEmpty());
      return prometheus;
    } catch (IOException | InterruptedException e) {
      prometheus.close();
      throw e;
    }
  }

  private static String job(String name, String path, int port, List<String> kept) {
    return """
        - job_name: %s
          metrics_path: %s
          static_configs: [{targets: ["127.0.0.1:%d"]}]
          metric_relabel_configs:
          - {source_labels: [__name__], action: keep, regex: '^(%s)$'}
        """
        .formatted(name, path, port, String.join("|", kept))
        .indent(2);
  }

  /** The first value of a query's answer; empty where there is none. */
  public OptionalDouble value(String query) throws IOException, InterruptedException {
    JsonNode first = result(query).at("/0/value/1");
    return first.isMissingNode() ? OptionalDouble.empty() : OptionalDouble.of(first.asDouble());
  }

  /** The labels of each series of a query's answer, without their values. */
  public List<Set<String>> labels(String query) throws IOException, InterruptedException {
    return result(query).valueStream().map(series -> Set.copyOf(series.path("metric").propertyNames())).toList();
  }

  /** The names of the metrics of the plugin that it has now. */
  public Set<String> pluginMetrics() throws IOException, InterruptedException {
    Set<String> names = new TreeSet<>();
    result("count by (__name__) ({job='fluent-bit-output-plugin'})")
        .forEach(series -> names.add(series.at("/metric/__name__").asString()));
    return names;
  }

  private JsonNode result(String query) throws IOException, InterruptedException {
    return JSON.readTree(get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
        .at("/data/result");
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    var response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(path + " was answered with " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }

  @Override
  public void close() {
    process.close();
  }
}
