package cloud.gardener.logging.metrics.server;

import cloud.gardener.logging.metrics.PluginMetrics;
import com.sun.net.httpserver.HttpExchange;
import java.util.Map;

/** {@code /metrics}: streamed, because with hundreds of targets the page has megabytes. */
final class MetricsPage implements Page {
  /** Prometheus often runs in pairs. */
  static final int MAX_SCRAPES = 2;

  private final PluginMetrics metrics;

  private MetricsPage(PluginMetrics metrics) {
    this.metrics = metrics;
  }

  static Page of(PluginMetrics metrics) {
    String refusal = MAX_SCRAPES + " scrapes are under way, scrape again later\n";
    return new LimitedPage(new MetricsPage(metrics), MAX_SCRAPES, refusal);
  }

  @Override
  public PageResponse get(HttpExchange request) {
    String type = PluginMetrics.contentType(request.getRequestHeaders().getFirst("Accept"));
    return PageResponse.ok(type, Map.of(), out -> metrics.write(out, type));
  }
}
