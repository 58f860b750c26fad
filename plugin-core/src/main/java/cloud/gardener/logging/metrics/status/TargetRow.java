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
    cell(html, "State", "").element("span", "badge " + target.trouble().word(), target.trouble().words());
    html.raw("<small>").text(target.state()).raw("</small></td>");
    cell(html, "Waiting", "number").text(Amounts.count(target.records()));
    html.raw("<small>").text(disk(target)).raw("</small></td>");
    Instant oldest = target.oldest();
    cell(html, "Oldest", "number").text(oldest == null ? "" : age(oldest, now)).raw("</td>");
    cell(html, "In /s", "number").text(Amounts.rate(target.traffic().inPerSecond())).raw("</td>");
    cell(html, "Out /s", "number").text(Amounts.rate(target.traffic().outPerSecond())).raw("</td>");
    cell(html, "Traffic", "");
    Plot.write(target.traffic(), html);
    html.raw("</td>");
    cell(html, "Since start", "number").text(balance(target.balance())).raw("</td></tr>\n");
    if (target.stuck() != null) {
      error(html, "stopped", "Nothing delivered for " + age(target.stuck().at(), now) + ": " + target.stuck().reason());
    }
    LastError error = target.lastError();
    if (error != null && target.stuck() == null) {
      String css = target.trouble() == Trouble.NONE ? "quiet" : "errors";
      error(html, css, "Last error " + age(error.at(), now) + " ago: " + error.reason());
    }
    html.raw("</tbody>\n");
  }

  private static Html cell(Html html, String label, String css) throws IOException {
    return html.raw("<td data-label=\"" + label + "\" class=\"" + css + "\">");
  }

  private static String disk(TargetStatus target) {
    String limit = target.maxBytes() == 0 ? "" : " of " + Amounts.bytes(target.maxBytes());
    return Amounts.bytes(target.bytes()) + limit;
  }

  private static String balance(Balance balance) {
    String dropped = balance.dropped() == 0 ? "" : ", " + Amounts.count(balance.dropped()) + " dropped";
    return Amounts.count(balance.incoming() + balance.recovered()) + " in, "
        + Amounts.count(balance.exported()) + " out" + dropped;
  }

  private static void error(Html html, String css, String text) throws IOException {
    html.raw("<tr class=\"error\"><td colspan=\"" + COLUMNS + "\">").element("p", css, text).raw("</td></tr>\n");
  }

  private static String age(Instant then, Instant now) {
    return Amounts.duration(Duration.between(then, now));
  }
}
