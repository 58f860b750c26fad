package cloud.gardener.logging.metrics.server;

import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.metrics.status.StatusHtml;
import cloud.gardener.logging.metrics.status.StatusJson;
import cloud.gardener.logging.metrics.status.StatusQuery;
import cloud.gardener.logging.metrics.status.StatusReport;
import cloud.gardener.logging.metrics.status.StatusText;
import com.sun.net.httpserver.HttpExchange;
import java.util.Map;

/** {@code /} and {@code /status.json}: the overview for people and scripts. Its snapshot is taken before it is sent. */
final class StatusPage {
  private static final Map<String, String> FRESH =
      Map.of("Cache-Control", "no-store", "X-Content-Type-Options", "nosniff");

  private final PluginMetrics metrics;
  private final HealthWatch health;

  StatusPage(PluginMetrics metrics, HealthWatch health) {
    this.metrics = metrics;
    this.health = health;
  }

  /** A web page, or text with {@code format=text}. */
  PageResponse htmlOrText(HttpExchange request) {
    StatusReport report = report(request);
    if (report.query().format().equals("text")) {
      return PageResponse.ok(
          "text/plain; charset=utf-8", FRESH, out -> StatusText.write(report, out));
    }
    Map<String, String> headers =
        Map.of(
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Content-Security-Policy", StatusHtml.policy());
    return PageResponse.ok("text/html; charset=utf-8", headers, out -> StatusHtml.write(report, out));
  }

  PageResponse json(HttpExchange request) {
    StatusReport report = report(request);
    return PageResponse.ok("application/json", FRESH, out -> StatusJson.write(report, out));
  }

  private StatusReport report(HttpExchange request) {
    StatusQuery query = StatusQuery.parse(request.getRequestURI().getRawQuery());
    return StatusReport.of(query, metrics, health.problem());
  }
}
