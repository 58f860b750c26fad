package cloud.gardener.logging.export.clients;

import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.Reason;
import cloud.gardener.logging.export.http.OtlpJson;
import cloud.gardener.logging.export.http.OtlpRequests;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * Writes each record as a line of OTLP/JSON, see {@link OtlpJson}. For inspection, not for speed.
 *
 * <p>The lines of one request are written with one write under the stream's lock, so lines of several clients do not
 * mix. A stream that nobody reads blocks the export, and {@code done} is called before it returns. Closing a client
 * leaves the stream open.
 *
 * <p>Thread-safe.
 */
final class StdoutClient implements ExportClient {
  private final OutputStream out;

  StdoutClient(OutputStream out) {
    this.out = out;
  }

  @Override
  public void export(
      ExportRequest request, Runnable written, Consumer<ExportResult> done) {
    done.accept(write(request));
  }

  @Override
  public void close() {
    // The client does not own the stream.
  }

  private ExportResult write(ExportRequest request) {
    ExportLogsServiceRequest parsed;
    try {
      parsed = OtlpRequests.parse(request);
    } catch (IOException e) {
      return new ExportResult.PayloadRefused(Reason.oneLine("not an OTLP request: " + e.getMessage()));
    }
    try {
      ByteArrayOutputStream lines = new ByteArrayOutputStream(2 * request.bytes());
      OtlpJson.writeLines(parsed, lines);
      synchronized (out) {
        lines.writeTo(out);
        out.flush();
      }
      return ExportResult.Accepted.ALL;
    } catch (IOException e) {
      return ExportResult.Retry.withBackoff(Reason.oneLine("standard output: " + e.getMessage()));
    }
  }
}
