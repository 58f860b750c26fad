package cloud.gardener.logging.metrics.server;

import cloud.gardener.logging.metrics.Balance;
import cloud.gardener.logging.metrics.LastError;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.metrics.QueueGauges;
import cloud.gardener.logging.metrics.TargetLabels;
import cloud.gardener.logging.metrics.TargetMetrics;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/** The overview for people, as plain text: the targets, what waits in them, and the last errors. */
final class StatusPage {
  private final PluginMetrics metrics;
  private final HealthWatch health;

  StatusPage(PluginMetrics metrics, HealthWatch health) {
    this.metrics = metrics;
    this.health = health;
  }

  PageResponse answer() {
    StringBuilder page = new StringBuilder();
    String problem = health.problem();
    page.append("Gardener output plugin for Fluent Bit, version ").append(metrics.version()).append('\n');
    page.append("health: ").append(problem == null ? "ok" : line(problem)).append('\n');
    page.append("pages:  /metrics /healthz, and /debug/pprof/ with Pprof true\n");
    List<TargetMetrics> targets =
        metrics.targets().stream()
            .sorted(Comparator.comparing(target -> target.labels().queueName()))
            .toList();
    page.append("\n").append(targets.size()).append(" targets; all numbers but bytes count records, since the start\n");
    targets.forEach(target -> describe(target, page));
    return PageResponse.text(200, page.toString());
  }

  private static void describe(TargetMetrics target, StringBuilder page) {
    TargetLabels labels = target.labels();
    QueueGauges queue = target.queue();
    Balance balance = target.balance();
    LastError error = target.lastError();
    page.append('\n').append(line(labels.queueName())).append('\n');
    row(page, "target", labels.type() + " " + labels.source());
    row(page, "endpoint", labels.endpoint());
    row(page, "queue", queue.records() + " in " + queue.entries() + " entries, " + queue.bytes() + " bytes on disk");
    row(page, "sending", Long.toString(target.inFlight()));
    row(page, "balance", line(balance));
    LastError stuck = target.stuckSince();
    row(page, "delivery", stuck == null ? "ok" : "none since " + line(stuck));
    row(page, "last error", error == null ? "none" : line(error));
  }

  private static String line(LastError error) {
    return error.at().truncatedTo(ChronoUnit.SECONDS) + " " + error.reason();
  }

  private static String line(Balance balance) {
    return "incoming " + balance.incoming()
        + " + recovered " + balance.recovered()
        + " = exported " + balance.exported()
        + " + dropped " + balance.dropped()
        + " + buffered " + balance.buffered()
        + (balance.unaccounted() == 0 ? "" : " + on the way " + balance.unaccounted());
  }

  private static void row(StringBuilder page, String name, String value) {
    page.append("  ").append(name);
    page.append(" ".repeat(12 - name.length())).append(line(value)).append('\n');
  }

  /** Keeps a backend's error message, which may contain anything, within one line. */
  private static String line(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
