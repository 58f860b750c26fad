package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.delivery.ExportObserver;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.ExportError;
import cloud.gardener.logging.metrics.TargetMetrics;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Converts a worker's events into metrics and log lines: one line per change, none per request. */
final class TargetReports implements ExportObserver {
  private static final Logger LOG = Logger.getLogger(TargetReports.class.getName());

  private final String target;
  private final TargetMetrics metrics;
  private final DeadLetters letters;
  private final TargetLog log;
  private boolean tellsRecovery;

  TargetReports(String target, TargetMetrics metrics, DeadLetters letters, TargetLog log) {
    this.target = target;
    this.metrics = metrics;
    this.letters = letters;
    this.log = log;
  }

  @Override
  public void onThrottled(int records) {
    metrics.throttled(records);
  }

  @Override
  public void onSend(int records) {
    metrics.exportStarted(records);
  }

  @Override
  public void onResult(int records, ExportResult result, long durationNs) {
    metrics.exportEnded(records, durationNs);
    if (result instanceof ExportResult.Accepted accepted) {
      accepted(records, accepted);
    } else if (result instanceof ExportResult.Failure failure) {
      metrics.exportFailed(errorOf(failure), failure.reason());
    }
  }

  private static ExportError errorOf(ExportResult.Failure failure) {
    if (failure instanceof ExportResult.Retry) {
      return ExportError.RETRY;
    } else if (failure instanceof ExportResult.DestinationRefused) {
      return ExportError.DESTINATION;
    }
    return failure instanceof ExportResult.TooLarge ? ExportError.TOO_LARGE : ExportError.PERMANENT;
  }

  private void accepted(int records, ExportResult.Accepted answer) {
    int rejected = (int) Math.min(answer.rejected(), records);
    if (rejected < records) {
      metrics.exported(records - rejected);
    }
    if (rejected > 0) {
      lost(DropReason.REJECTED, rejected, answer.message());
    } else if (!answer.message().isEmpty()) {
      log.warnings().log(
          () -> target + ": the backend has taken all records, and warns: " + answer.message());
    }
  }

  @Override
  public void onRefused(ExportRequest request, ExportResult.Failure why) {
    boolean tooLarge = why instanceof ExportResult.TooLarge;
    try {
      lost(
          tooLarge ? DropReason.REQUEST_TOO_LARGE : DropReason.EXPORT_ERROR,
          request.records(),
          why.reason());
    } finally {
      letters.keepRequest(request, target + ": " + why.reason());
    }
  }

  private void lost(DropReason reason, int records, String why) {
    metrics.dropped(reason, records);
    log.losses().log(
        () -> target + ": the backend refuses " + records + " records for good: " + why);
  }

  @Override
  public void onOutage(ExportResult.Failure failure) {
    if (failure instanceof ExportResult.DestinationRefused refused) {
      metrics.stuck("the destination refuses: " + refused.reason() + "; check " + refused.check());
      tellsRecovery = true;
      log.outages().failing(
          target,
          Level.SEVERE,
          () ->
              target + ": " + metrics.labels().endpoint() + " refuses every request: "
                  + refused.reason() + ". The records wait on disk up to DQueMaxBytes, and a request is"
                  + " tried at least each RetryMaxInterval. Check " + refused.check());
    } else if (failure instanceof ExportResult.Retry) {
      String reason = NetworkAdvice.addTo(failure.reason());
      metrics.stuck("the backend fails: " + reason);
      tellsRecovery = true;
      log.outages().failing(
          target,
          Level.WARNING,
          () ->
              target + ": " + metrics.labels().endpoint() + " accepts no records, they wait on disk: " + reason);
    } else {
      metrics.stuck("a record is refused, and no other has been accepted since: " + failure.reason());
      log.warnings().log(
          () ->
              target + ": the backend refuses a record, which waits until another one is accepted and"
                  + " shows that the record is at fault: " + failure.reason());
    }
  }

  @Override
  public void onRecovered() {
    metrics.flows();
    if (tellsRecovery) {
      tellsRecovery = false;
      log.outages().recovered(target, () -> target + ": the backend answers again");
    }
  }

  @Override
  public void onDefect(Throwable defect) {
    LOG.log(Level.SEVERE, defect, () -> target + ": a defect in the export, it goes on");
  }
}
