package cloud.gardener.logging.metrics.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.metrics.Balance;
import cloud.gardener.logging.metrics.LastError;
import cloud.gardener.logging.metrics.TargetLabels;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.time.temporal.ChronoUnit;

/** The report as plain text. */
public final class StatusText {
  private StatusText() {}

  public static void write(StatusReport report, OutputStream out) throws IOException {
    Writer page = new OutputStreamWriter(out, UTF_8);
    page.append("Gardener output plugin for Fluent Bit, version ").append(report.version()).append('\n');
    page.append("health: ").append(report.problem() == null ? "ok" : singleLine(report.problem())).append('\n');
    page.append("pages:  /metrics /healthz /status.json, and /debug/pprof/ with Pprof true\n");
    page.append("\n" + report.selected().size() + " targets; all numbers but bytes count records, since the start\n");
    for (TargetStatus target : report.selected()) {
      writeTarget(target, page);
    }
    page.flush();
  }

  private static void writeTarget(TargetStatus target, Writer page) throws IOException {
    TargetLabels labels = target.labels();
    page.append('\n').append(singleLine(labels.queueName())).append('\n');
    writeRow(page, "target", (labels.type() + " " + labels.source() + " " + target.state()).strip());
    writeRow(page, "endpoint", labels.endpoint());
    writeRow(
        page,
        "queue",
        target.records() + " in " + target.entries() + " entries, " + target.bytes() + " bytes on disk");
    writeRow(page, "sending", Long.toString(target.inFlight()));
    writeRow(page, "balance", singleLine(target.balance()));
    writeRow(page, "delivery", target.stopped() == null ? "ok" : "none since " + singleLine(target.stopped()));
    writeRow(page, "last error", target.lastError() == null ? "none" : singleLine(target.lastError()));
  }

  private static String singleLine(LastError error) {
    return error.at().truncatedTo(ChronoUnit.SECONDS) + " " + error.reason();
  }

  private static String singleLine(Balance balance) {
    return "incoming " + balance.incoming()
        + " + recovered " + balance.recovered()
        + " = exported " + balance.exported()
        + " + dropped " + balance.dropped()
        + (balance.muted() == 0 ? "" : " + muted " + balance.muted())
        + " + buffered " + balance.buffered()
        + (balance.unaccounted() == 0 ? "" : " + on the way " + balance.unaccounted());
  }

  private static void writeRow(Writer page, String name, String value) throws IOException {
    page.append("  ").append(name);
    page.append(" ".repeat(12 - name.length())).append(singleLine(value)).append('\n');
  }

  /** Keeps a backend's error message, which may contain anything, within one line. */
  private static String singleLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
