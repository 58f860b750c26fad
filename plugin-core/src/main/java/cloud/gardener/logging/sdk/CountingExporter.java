package cloud.gardener.logging.sdk;

import cloud.gardener.logging.export.ExportResult;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Wraps OpenTelemetry's exporter and reports the outcome of each batch exactly once: the exporter itself reports
 * only success or failure. Used by the processor's thread, one batch after the other.
 */
final class CountingExporter implements LogRecordExporter {
  private final ClientSender sender;
  private final LogRecordExporter exporter;
  private final Finished listener;

  /** Is notified of the end of a batch. */
  @FunctionalInterface
  interface Finished {
    /** Called once for each batch. */
    void onBatch(int records, Outcome outcome);
  }

  /** The number of records by outcome. */
  record Outcome(int exported, int rejected, int lost, String reason) {
    static Outcome of(int records, ExportResult result) {
      if (result instanceof ExportResult.Accepted accepted) {
        int rejected = (int) accepted.rejected();
        return new Outcome(records - rejected, rejected, 0, accepted.message());
      } else if (result instanceof ExportResult.Failure failure) {
        return new Outcome(0, 0, records, failure.reason());
      }
      return new Outcome(0, 0, records, "the exporter did not send it");
    }

    void report(SdkBatchListener listener) {
      if (exported > 0) {
        listener.onExported(exported);
      }
      if (rejected > 0) {
        listener.onRejected(rejected, reason);
      }
      if (lost > 0) {
        listener.onLost(lost, reason);
      }
    }
  }

  CountingExporter(ClientSender sender, LogRecordExporter exporter, Finished listener) {
    this.sender = sender;
    this.exporter = exporter;
    this.listener = listener;
  }

  @Override
  public CompletableResultCode export(Collection<LogRecordData> logs) {
    int records = logs.size();
    AtomicReference<ExportResult> result = new AtomicReference<>();
    sender.expect(records, result::set);
    CompletableResultCode code = exporter.export(logs);
    code.whenComplete(() -> listener.onBatch(records, Outcome.of(records, result.get())));
    return code;
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
