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
    sections.put("health", html -> health(report, html));
    sections.put("problem", html -> problem(report, html));
    sections.put("facts", html -> facts(report, html));
    sections.put("search", html -> html.text(query.search()));
    sections.put("only-trouble", html -> html.raw(query.onlyTrouble() ? " checked" : ""));
    sections.put("count", html -> html.text(report.shown().size() + " of " + report.all().size()));
    sections.put("targets", html -> targets(report, html));
    sections.put("drops", html -> drops(report, html));
    sections.put("tag", html -> html.text(query.tag()));
    sections.put("namespace", html -> html.text(query.namespace()));
    sections.put("explanation", html -> explanation(report, html));
    sections.put("time", html -> html.text("As of " + report.now().truncatedTo(ChronoUnit.SECONDS)));
    TEMPLATE.write(new Html(out), sections);
  }

  private static String title(StatusReport report) {
    String health = report.problem() == null ? "" : "unhealthy, ";
    return health + report.troubled() + " of " + report.all().size() + " targets with trouble - Gardener output plugin";
  }

  private static void health(StatusReport report, Html html) throws IOException {
    boolean healthy = report.problem() == null;
    html.element("span", healthy ? "badge none" : "badge stopped", healthy ? "healthy" : "unhealthy");
  }

  private static void problem(StatusReport report, Html html) throws IOException {
    if (report.problem() != null) {
      html.element("p", "problem", "Kubernetes restarts this pod: " + report.problem());
    }
  }

  private static void facts(StatusReport report, Html html) throws IOException {
    MemoryUsage heap = report.heap();
    fact(html, "Targets", Amounts.count(report.all().size()), report.troubled() + " with trouble");
    fact(
        html,
        "Waiting",
        Amounts.count(sum(report, TargetStatus::records)) + " records",
        Amounts.bytes(sum(report, TargetStatus::bytes)) + " on disk");
    fact(html, "In", Amounts.rate(rate(report, t -> t.traffic().inPerSecond())) + " /s", "last minute");
    fact(html, "Out", Amounts.rate(rate(report, t -> t.traffic().outPerSecond())) + " /s", "last minute");
    fact(html, "Dropped", Amounts.count(dropped(report)), "since the start");
    for (OutputState output : report.outputs()) {
      fact(html, "Watch of " + output.name(), output.watch().words(), "the shoots at the API server");
    }
    fact(
        html,
        "Up",
        Amounts.duration(Duration.between(report.started(), report.now())),
        "since " + report.started().truncatedTo(ChronoUnit.SECONDS));
    fact(html, "Heap", Amounts.bytes(heap.getUsed()), "of at most " + Amounts.bytes(heap.getMax()));
    fact(html, "Version", report.version(), report.jvm());
  }

  private static void fact(Html html, String name, String value, String detail) throws IOException {
    html.raw("<div><dt>").text(name).raw("</dt><dd>").text(value)
        .raw("<small>").text(detail).raw("</small></dd></div>\n");
  }

  private static long sum(StatusReport report, ToLongFunction<TargetStatus> value) {
    return report.all().stream().mapToLong(value).sum();
  }

  private static double rate(StatusReport report, ToDoubleFunction<TargetStatus> value) {
    return report.all().stream().mapToDouble(value).sum();
  }

  private static long dropped(StatusReport report) {
    return report.drops().values().stream().mapToLong(Long::longValue).sum();
  }

  private static void targets(StatusReport report, Html html) throws IOException {
    for (TargetStatus target : report.shown()) {
      TargetRow.write(target, report.now(), html);
    }
    if (report.shown().isEmpty()) {
      html.raw("<tr><td colspan=\"8\" class=\"quiet\">no such target</td></tr>");
    }
  }

  private static void drops(StatusReport report, Html html) throws IOException {
    if (report.drops().isEmpty()) {
      html.element("p", "quiet", "none");
      return;
    }
    html.raw("<ul>");
    for (Map.Entry<String, Long> drop : report.drops().entrySet()) {
      html.raw("<li>").text(Amounts.count(drop.getValue()) + " " + drop.getKey()).raw("</li>");
    }
    html.raw("</ul>");
  }

  private static void explanation(StatusReport report, Html html) throws IOException {
    StatusQuery query = report.query();
    if (query.explains()) {
      for (OutputState output : report.outputs()) {
        html.raw("<output>")
            .text("output " + output.name() + ": " + output.explain(query.tag(), query.namespace()))
            .raw("</output>\n");
      }
    }
  }
}
