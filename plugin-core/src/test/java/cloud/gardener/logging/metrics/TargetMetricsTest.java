package cloud.gardener.logging.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TargetMetricsTest {
  private static final String ENDPOINT = "backend:4317";

  /** What has one series for all shoots. */
  private static final Set<MetricFamily> SHARED_BY_SHOOTS =
      Set.of(MetricFamily.OPERATION_DURATION, MetricFamily.RPC_REQUEST_SIZE, MetricFamily.RPC_RESPONSE_SIZE);

  private final PluginMetrics metrics = new PluginMetrics("1");

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void shouldShowEachFactInBothFamilies() throws IOException {
    TargetMetrics target = metrics.openTarget(Labels.seed(ENDPOINT));
    target.queue(new QueueGauges.Fixed(7, 2, 900));
    target.incoming(20);
    target.output(18);
    target.throttled(6);
    target.exportStarted(4);
    target.exported(9);
    target.dropped(DropReason.MALFORMED, 1);
    target.muted(1);
    target.dropped(DropReason.REJECTED, 2);
    target.exportFailed(ExportError.TOO_LARGE, "too large");

    PrometheusText scrape = PrometheusText.scrape(metrics);

    assertEquals(20, scrape.value("fluentbit_gardener_incoming_logs_total{host=\"garden\"}"));
    assertEquals(18, scrape.value("fluentbit_gardener_output_client_logs_total{host=\"backend:4317\"}"));
    assertEquals(18, scrape.value("dque_enqueued_total{endpoint=\"backend:4317\"}"));
    assertEquals(18, scrape.value("output_plugin_otel_sdk_log_created_total"));
    assertEquals(6, scrape.value("fluentbit_gardener_throttled_logs_total{host=\"backend:4317\"}"));
    assertEquals(4, scrape.value("output_plugin_otel_sdk_exporter_log_inflight{server_address=\"backend\"}"));
    assertEquals(9, scrape.value("fluentbit_gardener_exported_client_logs_total{host=\"backend:4317\"}"));
    assertEquals(9, scrape.value("output_plugin_otel_sdk_exporter_log_exported_total{server_address=\"backend\"}"));
    assertEquals(
        1, scrape.value("fluentbit_gardener_dropped_logs_total{host=\"garden\",reason=\"malformed\"}"));
    assertEquals(1, scrape.value("fluentbit_gardener_muted_logs_total{host=\"garden\"}"));
    assertEquals(1, scrape.value("fluentbit_gardener_output_muted_logs_total{name=\"dynamic\"}"));
    assertEquals(
        2, scrape.value("fluentbit_gardener_dropped_logs_total{host=\"garden\",reason=\"rejected\"}"));
    assertEquals(3, scrape.value("dque_dropped_total{endpoint=\"backend:4317\"}"));
    // Of the dropped, only the rejected had been in the queue.
    assertEquals(11, scrape.value("dque_dequeued_total{endpoint=\"backend:4317\"}"));
    assertEquals(7, scrape.value("fluentbit_gardener_buffered_logs{host=\"backend:4317\"}"));
    assertEquals(7, scrape.value("dque_queue_size{endpoint=\"backend:4317\"}"));
    assertEquals(7, scrape.value("fluentbit_gardener_dque_size{name=\"dynamic/seed\"}"));
    assertEquals(2, scrape.value("fluentbit_gardener_dque_entries{name=\"dynamic/seed\"}"));
    assertEquals(900, scrape.value("fluentbit_gardener_dque_bytes{name=\"dynamic/seed\"}"));
    assertEquals(
        1, scrape.value("dque_export_errors_total{endpoint=\"backend:4317\",error_type=\"too_large\"}"));
    assertEquals(new Balance(20, 0, 9, 3, 1, 7, 0), target.balance());
  }

  @Test
  void shouldMeasureExportsAndRecordsInFlight() throws IOException {
    TargetMetrics target = metrics.openTarget(Labels.seed(ENDPOINT));
    target.exportStarted(3);
    target.exportEnded(3, 250_000_000);

    PrometheusText scrape = PrometheusText.scrape(metrics);

    assertEquals(0, scrape.value("output_plugin_otel_sdk_exporter_log_inflight{server_address=\"backend\"}"));
    assertEquals(0.25, scrape.value("dque_export_duration_seconds_sum{name=\"dynamic\"}"));
    assertEquals(0, scrape.value("dque_export_duration_seconds_bucket{name=\"dynamic\",le=\"0.1\"}"));
    assertEquals(1, scrape.value("dque_export_duration_seconds_bucket{name=\"dynamic\",le=\"0.25\"}"));
  }

  @Test
  void shouldSumTargetsWithTheSameEndpoint() throws IOException {
    TargetMetrics one = metrics.openTarget(Labels.seed(ENDPOINT));
    TargetMetrics two = metrics.openTarget(Labels.shoot("shoot--a--b", ENDPOINT));
    one.queue(new QueueGauges.Fixed(1, 1, 10));
    two.queue(new QueueGauges.Fixed(2, 1, 20));
    one.incoming(3);
    two.incoming(5);
    one.exported(2);
    two.exported(3);
    one.exportStarted(1);
    two.exportStarted(2);

    PrometheusText scrape = PrometheusText.scrape(metrics);

    assertEquals(3, scrape.value("fluentbit_gardener_incoming_logs_total{host=\"garden\"}"));
    assertEquals(5, scrape.value("fluentbit_gardener_incoming_logs_total{host=\"shoot--a--b\"}"));
    assertEquals(5, scrape.value("fluentbit_gardener_exported_client_logs_total{host=\"backend:4317\"}"));
    assertEquals(3, scrape.value("fluentbit_gardener_buffered_logs{host=\"backend:4317\"}"));
    assertEquals(3, scrape.value("output_plugin_otel_sdk_exporter_log_inflight{server_address=\"backend\"}"));
    assertEquals(1, scrape.value("fluentbit_gardener_dque_size{name=\"dynamic/seed\"}"));
    assertEquals(2, scrape.value("fluentbit_gardener_dque_size{name=\"dynamic/shoot--a--b\"}"));
    assertEquals(1, scrape.value("fluentbit_gardener_clients_total{type=\"SEED\"}"));
    assertEquals(1, scrape.value("fluentbit_gardener_clients_total{type=\"SHOOT\"}"));
    assertEquals(0, one.balance().unaccounted());
    assertEquals(0, two.balance().unaccounted());
  }

  @Test
  void shouldKeepTheCountersOfAClosedTargetForItsSuccessor() throws IOException {
    TargetMetrics before = metrics.openTarget(Labels.seed(ENDPOINT));
    before.incoming(10);
    before.output(10);
    before.exported(4);
    before.queue(new QueueGauges.Fixed(6, 1, 100));
    before.close();
    before.close();

    PrometheusText between = PrometheusText.scrape(metrics);
    assertEquals(6, between.value("fluentbit_gardener_left_logs_total{host=\"backend:4317\"}"));
    assertFalse(between.hasSeries("fluentbit_gardener_buffered_logs{host=\"backend:4317\"}"));
    assertEquals(0, between.value("fluentbit_gardener_clients_total{type=\"SEED\"}"));
    assertEquals(new Balance(10, 0, 4, 0, 0, 0, 6), before.balance());

    TargetMetrics after = metrics.openTarget(Labels.seed(ENDPOINT));
    after.recovered(6);
    after.exported(6);

    PrometheusText scrape = PrometheusText.scrape(metrics);
    assertEquals(10, scrape.value("fluentbit_gardener_exported_client_logs_total{host=\"backend:4317\"}"));
    assertEquals(6, scrape.value("fluentbit_gardener_recovered_logs_total{host=\"backend:4317\"}"));
    assertEquals(0, after.balance().unaccounted());
  }

  @Test
  void shouldRemoveEverySeriesOfARemovedTarget() throws IOException {
    TargetMetrics seed = metrics.openTarget(Labels.seed(ENDPOINT));
    TargetMetrics shoot =
        countEverything(metrics.openTarget(Labels.shoot("shoot--a--b", "collector.shoot--a--b:4317")));
    metrics.requestEnded("collector.shoot--a--b", "LogsService/Export", "OK", 1, 1, 1);
    assertEquals(List.of(), familiesWithout("shoot--a--b"), "each metric of a target has a series");

    shoot.remove();
    metrics.requestEnded("collector.shoot--a--b", "LogsService/Export", "UNAVAILABLE", 1, 1, 1); // Too late.

    assertEquals(Set.of(), PrometheusText.scrape(metrics).seriesContaining("shoot--a--b"));
    assertTrue(PrometheusText.scrape(metrics).hasSeries("dque_queue_size{endpoint=\"backend:4317\"}"));
    seed.close();
  }

  /** The metrics of targets without a series of this one. */
  private List<MetricFamily> familiesWithout(String target) throws IOException {
    Set<String> series = PrometheusText.scrape(metrics).seriesContaining(target);
    return Arrays.stream(MetricFamily.values())
        .filter(family -> !Collections.disjoint(family.labels(), Set.of("host", "endpoint", "server_address")))
        .filter(family -> !SHARED_BY_SHOOTS.contains(family))
        .filter(family -> series.stream().noneMatch(each -> each.startsWith(family.exposedName())))
        .toList();
  }

  @Test
  void shouldKeepSeriesThatAnOpenTargetShares() throws IOException {
    TargetMetrics one = countEverything(metrics.openTarget(Labels.shoot("shoot--a--b", ENDPOINT)));
    countEverything(metrics.openTarget(Labels.shoot("shoot--a--c", ENDPOINT)));
    metrics.requestEnded("backend", "LogsService/Export", "OK", 1, 1, 1);
    metrics.requestEnded("backend", "POST", "200", 1, 1, 1);

    one.remove();

    PrometheusText scrape = PrometheusText.scrape(metrics);
    assertEquals(Set.of(), scrape.seriesContaining("shoot--a--b"));
    assertEquals(2, scrape.value("fluentbit_gardener_exported_client_logs_total{host=\"backend:4317\"}"));
    assertEquals(
        1,
        scrape.value(
            "output_plugin_rpc_client_call_duration_seconds_count{rpc_method=\"LogsService/Export\",rpc_response_status_code=\"OK\",server_address=\"backend\"}"));
    assertEquals(
        1,
        scrape.value(
            "output_plugin_rpc_client_call_duration_seconds_count"
                + "{rpc_method=\"POST\",rpc_response_status_code=\"200\",server_address=\"backend\"}"));
  }

  /** A node has one seed and hundreds of shoots, and a histogram has many series. */
  @Test
  void shouldHaveFewSeriesForAShoot() throws IOException {
    countEverything(metrics.openTarget(Labels.seed(ENDPOINT)));
    metrics.requestEnded("backend", "LogsService/Export", "OK", 1, 1, 1);
    addShootWithTraffic("shoot--a--b");
    int before = PrometheusText.scrape(metrics).seriesContaining("").size();
    addShootWithTraffic("shoot--a--c");

    PrometheusText scrape = PrometheusText.scrape(metrics);
    int more = scrape.seriesContaining("").size() - before;
    assertTrue(more <= 30, more + " series");
    String size = "output_plugin_rpc_client_request_size_bytes_count{rpc_method=\"LogsService/Export\",rpc_response_status_code=\"OK\",server_address=\"%s\"}";
    assertEquals(2, scrape.value(size.formatted("shoots")));
    assertEquals(1, scrape.value(size.formatted("backend")));
  }

  private void addShootWithTraffic(String namespace) {
    TargetMetrics target = metrics.openTarget(Labels.shoot(namespace, "collector." + namespace + ":4317"));
    target.queue(new QueueGauges.Fixed(1, 1, 1));
    target.incoming(1);
    target.output(1);
    target.exported(1);
    target.exportStarted(1);
    target.exportEnded(1, 1);
    metrics.requestEnded("collector." + namespace, "LogsService/Export", "OK", 1, 1, 1);
  }

  @Test
  void shouldEscapeLabelValues() throws IOException {
    metrics.openTarget(Labels.shoot("quote\" back\\slash\nline", ENDPOINT)).incoming(1);

    PrometheusText scrape = PrometheusText.scrape(metrics);

    assertEquals(
        1,
        scrape.value("fluentbit_gardener_incoming_logs_total{host=\"quote\\\" back\\\\slash\\nline\"}"));
  }

  /** Gives every metric of a target a series. */
  private static TargetMetrics countEverything(TargetMetrics target) {
    target.queue(new QueueGauges.Fixed(1, 1, 1));
    target.incoming(1);
    target.output(1);
    target.recovered(1);
    target.throttled(1);
    target.muted(1);
    target.exported(1);
    target.exportStarted(1);
    target.exportEnded(1, 1);
    for (DropReason reason : DropReason.values()) {
      target.dropped(reason, 1);
    }
    for (ExportError error : ExportError.values()) {
      target.exportFailed(error, "failed");
    }
    return target;
  }
}
