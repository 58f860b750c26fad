package cloud.gardener.logging.metrics.status;

import cloud.gardener.logging.metrics.OutputState;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The report as a web page. */
public final class StatusHtml {
  private static final HtmlTemplate TEMPLATE = HtmlTemplate.load("status.html");

  private StatusHtml() {}

  /** The value of the header Content-Security-Policy. */
  public static String policy() {
    return TEMPLATE.policy();
  }

  public static void write(StatusReport report, OutputStream out) throws IOException {
    StatusQuery query = report.query();
    Map<String, HtmlTemplate.Section> sections = new HashMap<>();
    sections.put("title", html -> html.text(title(report)));
    sections.put("health", html -> writeHealth(report, html));
    sections.put("problem", html -> writeProblem(report, html));
    sections.put("facts", html -> writeFacts(report, html));
    sections.put("search", html -> html.text(query.search()));
    sections.put("only-trouble", html -> html.raw(query.troubledOnly() ? " checked" : ""));
    sections.put("count", html -> html.text(report.selected().size() + " of " + report.all().size()));
    sections.put("targets", html -> writeTargets(report, html));
    sections.put("drops", html -> writeDrops(report, html));
    sections.put("tag", html -> html.text(query.tag()));
    sections.put("namespace", html -> html.text(query.namespace()));
    sections.put("explanation", html -> writeRoutes(report, html));
    sections.put("time", html -> html.text("As of " + report.now().truncatedTo(ChronoUnit.SECONDS)));
    TEMPLATE.write(new Html(out), sections);
  }

  private static String title(StatusReport report) {
    String health = report.problem() == null ? "" : "unhealthy, ";
    return health + report.countWithTrouble() + " of " + report.all().size()
        + " targets with trouble - Gardener output plugin";
  }

  private static void writeHealth(StatusReport report, Html html) throws IOException {
    boolean healthy = report.problem() == null;
    html.element("span", healthy ? "badge none" : "badge stopped", healthy ? "healthy" : "unhealthy");
  }

  private static void writeProblem(StatusReport report, Html html) throws IOException {
    if (report.problem() != null) {
      html.element("p", "problem", "Kubernetes restarts this pod: " + report.problem());
    }
  }

  private static void writeFacts(StatusReport report, Html html) throws IOException {
    MemoryUsage heap = report.heap();
    writeFact(html, "Targets", Amounts.count(report.all().size()), report.countWithTrouble() + " with trouble");
    writeFact(
        html,
        "Waiting",
        Amounts.count(sum(report, TargetStatus::records)) + " records",
        Amounts.bytes(sum(report, TargetStatus::bytes)) + " on disk");
    writeFact(html, "In", Amounts.rate(sumOfRates(report, t -> t.traffic().inPerSecond())) + " /s", "last minute");
    writeFact(html, "Out", Amounts.rate(sumOfRates(report, t -> t.traffic().outPerSecond())) + " /s", "last minute");
    writeFact(html, "Dropped", Amounts.count(totalDropped(report)), "since the start");
    for (OutputState output : report.outputs()) {
      writeFact(html, "Watch of " + output.name(), output.watch().description(), "the shoots at the API server");
    }
    writeFact(
        html,
        "Up",
        Amounts.duration(Duration.between(report.started(), report.now())),
        "since " + report.started().truncatedTo(ChronoUnit.SECONDS));
    writeFact(html, "Heap", Amounts.bytes(heap.getUsed()), "of at most " + Amounts.bytes(heap.getMax()));
    writeFact(html, "Version", report.version(), report.jvm());
  }

  private static void writeFact(Html html, String name, String value, String detail) throws IOException {
    html.raw("<div><dt>").text(name).raw("</dt><dd>").text(value)
        .raw("<small>").text(detail).raw("</small></dd></div>\n");
  }

  private static long sum(StatusReport report, ToLongFunction<TargetStatus> value) {
    return report.all().stream().mapToLong(value).sum();
  }

  private static double sumOfRates(StatusReport report, ToDoubleFunction<TargetStatus> value) {
    return report.all().stream().mapToDouble(value).sum();
  }

  private static long totalDropped(StatusReport report) {
    return report.dropsByReason().values().stream().mapToLong(Long::longValue).sum();
  }

  private static void writeTargets(StatusReport report, Html html) throws IOException {
    for (TargetStatus target : report.selected()) {
      TargetRow.write(target, report.now(), html);
    }
    if (report.selected().isEmpty()) {
      html.raw("<tr><td colspan=\"8\" class=\"quiet\">no such target</td></tr>");
    }
  }

  private static void writeDrops(StatusReport report, Html html) throws IOException {
    if (report.dropsByReason().isEmpty()) {
      html.element("p", "quiet", "none");
      return;
    }
    html.raw("<ul>");
    for (Map.Entry<String, Long> drop : report.dropsByReason().entrySet()) {
      html.raw("<li>").text(Amounts.count(drop.getValue()) + " " + drop.getKey()).raw("</li>");
    }
    html.raw("</ul>");
  }

  private static void writeRoutes(StatusReport report, Html html) throws IOException {
    StatusQuery query = report.query();
    if (query.asksForRoute()) {
      for (OutputState output : report.outputs()) {
        html.raw("<output>")
            .text("output " + output.name() + ": " + output.explain(query.tag(), query.namespace()))
            .raw("</output>\n");
      }
    }
  }
}
