package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.delivery.ExportObserver;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.ExportError;
import cloud.gardener.logging.metrics.TargetMetrics;
import java.util.logging.Level;

/** Converts a worker's events into metrics and log lines: one line per change, none per request. */
final class TargetReports implements ExportObserver {
  private final String target;
  private final TargetMetrics metrics;
  private final DeadLetters deadLetters;
  private final TargetLog log;
  private boolean outageLogged;

  TargetReports(String target, TargetMetrics metrics, DeadLetters deadLetters, TargetLog log) {
    this.target = target;
    this.metrics = metrics;
    this.deadLetters = deadLetters;
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
      countAccepted(records, accepted);
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

  private void countAccepted(int records, ExportResult.Accepted accepted) {
    int rejected = (int) Math.min(accepted.rejected(), records);
    if (rejected < records) {
      metrics.exported(records - rejected);
    }
    if (rejected > 0) {
      reportLoss(DropReason.REJECTED, rejected, accepted.message());
    } else if (!accepted.message().isEmpty()) {
      log.warnings().log(
          () -> target + ": the backend has taken all records, and warns: " + accepted.message());
    }
  }

  @Override
  public void onRefused(ExportRequest request, ExportResult.Failure refusal) {
    boolean tooLarge = refusal instanceof ExportResult.TooLarge;
    try {
      reportLoss(
          tooLarge ? DropReason.REQUEST_TOO_LARGE : DropReason.EXPORT_ERROR,
          request.records(),
          refusal.reason());
    } finally {
      deadLetters.storeRequest(request, target + ": " + refusal.reason());
    }
  }

  private void reportLoss(DropReason reason, int records, String refusal) {
    metrics.dropped(reason, records);
    log.losses().log(
        () -> target + ": the backend refuses " + records + " records for good: " + refusal);
  }

  @Override
  public void onOutage(ExportResult.Failure failure) {
    if (failure instanceof ExportResult.DestinationRefused refused) {
      metrics.deliveryStopped("the destination refuses: " + refused.reason() + "; check " + refused.hint());
      outageLogged = true;
      log.outages().logFailure(
          target,
          Level.SEVERE,
          () ->
              target + ": " + metrics.labels().endpoint() + " refuses every request: "
                  + refused.reason() + ". The records wait on disk up to DQueMaxBytes, and a request is"
                  + " tried at least each RetryMaxInterval. Check " + refused.hint());
    } else if (failure instanceof ExportResult.Retry) {
      String reason = NetworkAdvice.addTo(failure.reason());
      metrics.deliveryStopped("the backend fails: " + reason);
      outageLogged = true;
      log.outages().logFailure(
          target,
          Level.WARNING,
          () ->
              target + ": " + metrics.labels().endpoint() + " accepts no records, they wait on disk: " + reason);
    } else {
      metrics.deliveryStopped("a record is refused, and no other has been accepted since: " + failure.reason());
      log.warnings().log(
          () ->
              target + ": the backend refuses a record, which waits until another one is accepted and"
                  + " shows that the record is at fault: " + failure.reason());
    }
  }

  @Override
  public void onRecovered() {
    metrics.deliveryResumed();
    if (outageLogged) {
      outageLogged = false;
      log.outages().logRecovery(target, () -> target + ": the backend answers again");
    }
  }

  @Override
  public void onDefect(Throwable defect) {
    log.defects().log(defect, () -> target + ": a defect in the export, it goes on");
  }
}
