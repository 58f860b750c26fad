package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.ExportError;
import cloud.gardener.logging.metrics.TargetMetrics;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Turns what a worker tells into metrics and log lines: one line a change, none a request. */
final class TargetReports implements ExportObserver {
  private static final Logger LOG = Logger.getLogger(TargetReports.class.getName());

  private final String target;
  private final TargetMetrics metrics;
  private final DeadLetters letters;
  private final QuietLog lossLog = new QuietLog(LOG, Level.SEVERE);
  private final QuietLog warningLog = new QuietLog(LOG, Level.WARNING);

  TargetReports(String target, TargetMetrics metrics, DeadLetters letters) {
    this.target = target;
    this.metrics = metrics;
    this.letters = letters;
  }

  @Override
  public void throttled(int records) {
    metrics.throttled(records);
  }

  @Override
  public void sent(int records) {
    metrics.exportStarted(records);
  }

  @Override
  public void answered(int records, ExportResult result, long durationNs) {
    metrics.exportEnded(records, durationNs);
    if (result instanceof ExportResult.Accepted accepted) {
      accepted(records, accepted);
    } else if (result instanceof ExportResult.Retry retry) {
      metrics.exportFailed(ExportError.RETRY, retry.reason());
    } else if (result instanceof ExportResult.Permanent permanent) {
      metrics.exportFailed(ExportError.PERMANENT, permanent.reason());
    } else if (result instanceof ExportResult.TooLarge tooLarge) {
      metrics.exportFailed(ExportError.TOO_LARGE, tooLarge.reason());
    }
  }

  private void accepted(int records, ExportResult.Accepted answer) {
    int rejected = (int) Math.min(answer.rejected(), records);
    if (rejected < records) {
      metrics.exported(records - rejected);
    }
    if (rejected > 0) {
      lost(DropReason.REJECTED, rejected, answer.message());
    } else if (!answer.message().isEmpty()) {
      warningLog.log(
          () -> target + ": the backend has taken all records, and warns: " + answer.message());
    }
  }

  @Override
  public void refused(ExportRequest request, ExportResult why) {
    boolean tooLarge = why instanceof ExportResult.TooLarge;
    String reason =
        tooLarge ? ((ExportResult.TooLarge) why).reason() : ((ExportResult.Permanent) why).reason();
    lost(
        tooLarge ? DropReason.REQUEST_TOO_LARGE : DropReason.EXPORT_ERROR,
        request.records(),
        reason);
    letters.keepRequest(request, target + ": " + reason);
  }

  private void lost(DropReason reason, int records, String why) {
    metrics.dropped(reason, records);
    lossLog.log(
        () -> target + ": the backend refuses " + records + " records for good: " + why);
  }

  @Override
  public void failing(ExportResult.Retry failure) {
    Level level =
        failure.pace() == ExportResult.Pace.MAX_INTERVAL ? Level.SEVERE : Level.WARNING;
    LOG.log(
        level,
        () -> target + ": the backend takes no records, they wait on disk: " + failure.reason());
  }

  @Override
  public void recovered() {
    LOG.info(() -> target + ": the backend takes records again");
  }

  @Override
  public void broken(Throwable defect) {
    LOG.log(Level.SEVERE, defect, () -> target + ": a defect in the export, it goes on");
  }
}
