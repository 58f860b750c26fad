package cloud.gardener.logging.seed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The collector of each namespace, set up as Gardener's are. Each sends to VictoriaLogs as a tenant. */
final class SeedCollectors implements AutoCloseable {
  private static final String STREAM =
      "k8s.node.name,k8s.namespace.name,k8s.pod.name,k8s.container.name,severity,origin";

  private final List<OtelCollector> collectors = new ArrayList<>();

  private SeedCollectors() {}

  /**
   * Starts them all.
   *
   * @param tenants the tenant of each namespace
   */
  static SeedCollectors start(
      Path folder, Services services, VictoriaLogs logs, Map<String, Integer> tenants)
      throws IOException, InterruptedException {
    SeedCollectors all = new SeedCollectors();
    try {
      List<String> namespaces = services.namespaces();
      for (int i = 0; i < namespaces.size(); i++) {
        String tenant = Integer.toString(tenants.get(namespaces.get(i)));
        Map<String, String> headers =
            Map.of(VictoriaLogs.TENANT, tenant, VictoriaLogs.STREAM_FIELDS, STREAM);
        all.collectors.add(
            OtelCollector.start(folder, settings(services.address(i), logs.insertUrl(), headers)));
      }
      return all;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      all.close();
      throw e;
    }
  }

  private static CollectorSettings settings(String address, String logsUrl, Map<String, String> headers) {
    return new CollectorSettings(address, Services.GRPC_PORT, Services.HTTP_PORT)
        .processor("memory_limiter")
        .set("processors::memory_limiter::check_interval", "1s")
        .set("processors::memory_limiter::limit_percentage", "85")
        .set("processors::memory_limiter::spike_limit_percentage", "10")
        .processor("batch")
        .set("processors::batch::timeout", "1s")
        .set("processors::batch::send_batch_size", "10000")
        .forward(logsUrl, headers)
        .set("exporters::otlp_http::sending_queue::enabled", "true")
        .set("exporters::otlp_http::sending_queue::queue_size", "10000")
        .set("exporters::otlp_http::retry_on_failure::enabled", "true")
        .set("exporters::otlp_http::retry_on_failure::initial_interval", "1s")
        .set("exporters::otlp_http::retry_on_failure::max_interval", "60s")
        .set("exporters::otlp_http::retry_on_failure::max_elapsed_time", "300s");
  }

  /** Stops them when they have handed over what they hold. */
  void stop() throws InterruptedException {
    for (OtelCollector collector : collectors) {
      collector.stop();
    }
  }

  @Override
  public void close() {
    collectors.forEach(OtelCollector::close);
  }
}
