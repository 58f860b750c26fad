package cloud.gardener.logging.metrics;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Names, types and labels as dashboards and ServiceMonitors know them: written by hand, and changed by nobody. */
class MetricNamesTest {
  private static final String EXPECTED =
      """
      fluentbit_gardener_clients_total gauge type
      fluentbit_gardener_errors_total counter type
      fluentbit_gardener_flush_duration_seconds histogram
      fluentbit_gardener_flush_longest_seconds gauge
      fluentbit_gardener_logs_without_metadata_total counter type
      fluentbit_gardener_namespace_questions_total counter result
      fluentbit_gardener_held_chunks_total counter
      fluentbit_gardener_incoming_logs_total counter host
      fluentbit_gardener_output_client_logs_total counter host
      fluentbit_gardener_exported_client_logs_total counter host
      fluentbit_gardener_dropped_logs_total counter host reason
      fluentbit_gardener_muted_logs_total counter host
      fluentbit_gardener_output_muted_logs_total counter name
      fluentbit_gardener_throttled_logs_total counter host
      fluentbit_gardener_recovered_logs_total counter host
      fluentbit_gardener_left_logs_total counter host
      fluentbit_gardener_buffered_logs gauge host
      fluentbit_gardener_dque_size gauge name
      fluentbit_gardener_dque_entries gauge name
      fluentbit_gardener_dque_bytes gauge name
      fluentbit_gardener_dque_max_bytes gauge name
      fluentbit_gardener_dque_oldest_age_seconds gauge name
      fluentbit_gardener_output_dque_bytes gauge name
      fluentbit_gardener_output_dque_max_bytes gauge name
      fluentbit_gardener_watch_connected gauge name
      fluentbit_gardener_build_info gauge version
      fluentbit_gardener_output_incoming_logs_total counter name
      fluentbit_gardener_output_recovered_logs_total counter name
      fluentbit_gardener_output_exported_logs_total counter name
      fluentbit_gardener_output_dropped_logs_total counter name reason
      fluentbit_gardener_output_left_logs_total counter name
      fluentbit_gardener_output_truncated_logs_total counter name
      dque_queue_size gauge endpoint
      dque_enqueued_total counter endpoint
      dque_dequeued_total counter endpoint
      dque_dropped_total counter endpoint
      dque_export_duration_seconds histogram name
      dque_export_errors_total counter endpoint error_type
      output_plugin_otel_sdk_log_created_total counter
      output_plugin_otel_sdk_exporter_log_exported_total counter server_address
      output_plugin_otel_sdk_exporter_log_inflight gauge server_address
      output_plugin_otel_sdk_exporter_operation_duration_seconds histogram server_address rpc_response_status_code
      output_plugin_rpc_client_call_duration_seconds histogram server_address rpc_method rpc_response_status_code
      output_plugin_rpc_client_request_size_bytes histogram server_address rpc_method rpc_response_status_code
      output_plugin_rpc_client_response_size_bytes histogram server_address rpc_method rpc_response_status_code
      process_cpu_seconds_total counter
      process_resident_memory_bytes gauge
      process_start_time_seconds gauge
      process_open_fds gauge
      process_max_fds gauge
      process_virtual_memory_bytes gauge
      process_virtual_memory_max_bytes gauge
      process_network_transmit_bytes_total counter
      process_network_receive_bytes_total counter
      target_info gauge service_name service_version
      """;

  @Test
  void shouldHaveTheNamesThatDashboardsUse() throws IOException {
    PrometheusText scrape = scrape();

    Map<String, String> seen = new TreeMap<>();
    scrape.types().forEach((name, type) -> seen.put(name, type + " " + sorted(scrape.labelNames(name))));
    seen.keySet().removeIf(name -> name.startsWith("jvm_"));

    assertEquals(expected(), seen);
  }

  @Test
  void shouldExposeEveryFamilyThatIsDeclared() throws IOException {
    Set<String> exposed = new TreeSet<>(scrape().types().keySet());
    exposed.removeIf(name -> name.startsWith("jvm_"));

    assertEquals(
        Arrays.stream(MetricFamily.values()).map(MetricFamily::exposedName).collect(toCollection(TreeSet::new)),
        exposed);
  }

  @Test
  void shouldExposeMetricsOfTheJvm() throws IOException {
    Set<String> names = scrape().types().keySet();

    for (String name :
        List.of(
            "jvm_memory_used_bytes",
            "jvm_memory_committed_bytes",
            "jvm_memory_max_bytes",
            "jvm_buffer_memory_used_bytes",
            "jvm_gc_pause_seconds",
            "jvm_gc_live_data_size_bytes",
            "jvm_gc_max_data_size_bytes",
            "jvm_threads_live_threads",
            "jvm_threads_daemon_threads")) {
      assertTrue(names.contains(name), name + " in " + names);
    }
  }

  @Test
  void shouldExposeTheSameFamiliesWithAndWithoutEvents() throws IOException {
    try (PluginMetrics idle = new PluginMetrics("1.2.3")) {
      idle.openTarget(Labels.seed("backend:4317"));
      PrometheusText scrape = PrometheusText.scrape(idle);

      assertEquals(0, scrape.value("fluentbit_gardener_incoming_logs_total{host=\"garden\"}"));
      assertEquals(0, scrape.value("fluentbit_gardener_exported_client_logs_total{host=\"backend:4317\"}"));
      assertEquals(0, scrape.value("fluentbit_gardener_logs_without_metadata_total{type=\"Kubernetes\"}"));
      assertEquals(1, scrape.value("fluentbit_gardener_clients_total{type=\"SEED\"}"));
      assertEquals(0, scrape.value("fluentbit_gardener_clients_total{type=\"SHOOT\"}"));
      assertEquals(
          1,
          scrape.value("target_info{service_name=\"fluent-bit-output-plugin\",service_version=\"1.2.3\"}"));
    }
  }

  /** By family and label: the label's values, in the order of the causes. */
  private static final String CAUSES =
      """
      fluentbit_gardener_errors_total type FLBPluginInit FLBPluginFlushCtx Enqueuer Dequeuer Import SendRecord CanNotExtractShoot Watch
      fluentbit_gardener_namespace_questions_total result found absent failed
      dque_export_errors_total error_type retry permanent destination too_large
      fluentbit_gardener_dropped_logs_total reason noop testing no_client no_metadata queue_full queue_full_oldest expired malformed record_too_large dead_letter damaged rejected export_error queue_full not_delivered request_too_large
      """;

  @Test
  void shouldCountEachCauseUnderItsName() throws IOException {
    for (String family : CAUSES.lines().toList()) {
      List<String> words = List.of(family.split(" "));
      Map<String, Double> expected = new TreeMap<>();
      for (int place = 2; place < words.size(); place++) {
        // Powers of two: no sum of others is mistaken for one.
        expected.merge(words.get(place), Math.scalb(1.0, place - 2), Double::sum);
      }
      assertEquals(expected, countedByLabel(words.get(0), words.get(1)), words.get(0));
    }
  }

  /** The values of a label and their counts, after each cause has happened twice as often as the one before. */
  private static Map<String, Double> countedByLabel(String family, String label) throws IOException {
    try (PluginMetrics metrics = new PluginMetrics("1.2.3")) {
      TargetMetrics target = metrics.openTarget(Labels.seed("backend:4317"));
      switch (label) {
        case "type" -> forEachCause(ErrorType.values(), metrics::error);
        case "result" -> forEachCause(QueryResult.values(), metrics::namespaceQueried);
        case "error_type" -> forEachCause(ExportError.values(), error -> target.exportFailed(error, "UNAVAILABLE"));
        default -> forEachCause(DropReason.values(), reason -> target.dropped(reason, 1));
      }
      PrometheusText scrape = PrometheusText.scrape(metrics);
      Pattern value = Pattern.compile(label + "=\"([^\"]*)\"");
      Map<String, Double> counts = new TreeMap<>();
      for (String series : scrape.seriesContaining(family + "{")) {
        Matcher found = value.matcher(series);
        assertTrue(found.find(), series);
        counts.put(found.group(1), scrape.value(series));
      }
      return counts;
    }
  }

  private static <T> void forEachCause(T[] causes, Consumer<T> happens) {
    for (int place = 0; place < causes.length; place++) {
      for (int times = 1 << place; times > 0; times--) {
        happens.accept(causes[place]);
      }
    }
  }

  /** A scrape in which every metric has a series. */
  private static PrometheusText scrape() throws IOException {
    try (PluginMetrics metrics = new PluginMetrics("1.2.3")) {
      TargetMetrics target = metrics.openTarget(Labels.seed("backend:4317"));
      target.dropped(DropReason.MALFORMED, 1);
      target.muted(1);
      target.exportFailed(ExportError.RETRY, "UNAVAILABLE");
      metrics.requestEnded("backend", "POST", "200", 1_000_000, 100, 5);
      metrics.outputStarted(new NamedOutput("dynamic", OutputState.Watch.CONNECTED));
      metrics.error(ErrorType.FLUSH);
      metrics.namespaceQueried(QueryResult.FOUND);
      return PrometheusText.scrape(metrics);
    }
  }

  private static Map<String, String> expected() {
    Map<String, String> expected = new TreeMap<>();
    EXPECTED.lines().forEach(
        line -> {
          List<String> words = List.of(line.split(" "));
          expected.put(words.get(0), words.get(1) + " " + sorted(Set.copyOf(words.subList(2, words.size()))));
        });
    return expected;
  }

  private static Set<String> sorted(Set<String> names) {
    return new TreeSet<>(names);
  }
}
