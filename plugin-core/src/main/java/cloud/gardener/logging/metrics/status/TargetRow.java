package cloud.gardener.logging.metrics.status;

import cloud.gardener.logging.metrics.Balance;
import cloud.gardener.logging.metrics.LastError;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** One target as a group of rows of the table: its figures, and what is wrong. */
final class TargetRow {
  private static final int COLUMNS = 8;

  private TargetRow() {}

  static void write(TargetStatus target, Instant now, Html html) throws IOException {
    html.raw("<tbody><tr><td>").text(target.labels().queueName())
        .raw("<small>").text(target.labels().endpoint()).raw("</small></td>");
    openCell(html, "State", "").element("span", "badge " + target.trouble().code(), target.trouble().description());
    html.raw("<small>").text(target.state()).raw("</small></td>");
    openCell(html, "Waiting", "number").text(Amounts.count(target.records()));
    html.raw("<small>").text(formatDisk(target)).raw("</small></td>");
    Instant oldest = target.oldest();
    openCell(html, "Oldest", "number").text(oldest == null ? "" : formatAge(oldest, now)).raw("</td>");
    openCell(html, "In /s", "number").text(Amounts.rate(target.traffic().inPerSecond())).raw("</td>");
    openCell(html, "Out /s", "number").text(Amounts.rate(target.traffic().outPerSecond())).raw("</td>");
    openCell(html, "Traffic", "");
    Plot.write(target.traffic(), html);
    html.raw("</td>");
    openCell(html, "Since start", "number").text(formatBalance(target.balance())).raw("</td></tr>\n");
    if (target.stopped() != null) {
      String age = formatAge(target.stopped().at(), now);
      writeError(html, "stopped", "Nothing delivered for " + age + ": " + target.stopped().reason());
    }
    LastError error = target.lastError();
    if (error != null && target.stopped() == null) {
      String cssClass = target.trouble() == Trouble.NONE ? "quiet" : "errors";
      writeError(html, cssClass, "Last error " + formatAge(error.at(), now) + " ago: " + error.reason());
    }
    html.raw("</tbody>\n");
  }

  private static Html openCell(Html html, String label, String cssClass) throws IOException {
    return html.raw("<td data-label=\"" + label + "\" class=\"" + cssClass + "\">");
  }

  private static String formatDisk(TargetStatus target) {
    String limit = target.maxBytes() == 0 ? "" : " of " + Amounts.bytes(target.maxBytes());
    return Amounts.bytes(target.bytes()) + limit;
  }

  private static String formatBalance(Balance balance) {
    String dropped = balance.dropped() == 0 ? "" : ", " + Amounts.count(balance.dropped()) + " dropped";
    return Amounts.count(balance.incoming() + balance.recovered()) + " in, "
        + Amounts.count(balance.exported()) + " out" + dropped;
  }

  private static void writeError(Html html, String cssClass, String text) throws IOException {
    html.raw("<tr class=\"error\"><td colspan=\"" + COLUMNS + "\">").element("p", cssClass, text).raw("</td></tr>\n");
  }

  private static String formatAge(Instant then, Instant now) {
    return Amounts.duration(Duration.between(then, now));
  }
}
