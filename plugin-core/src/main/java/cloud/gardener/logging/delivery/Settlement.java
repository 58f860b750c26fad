package cloud.gardener.logging.delivery;

import cloud.gardener.logging.config.value.RefusedPolicy;
import cloud.gardener.logging.export.ExportResult;

/**
 * Applies a result to its batch, to the other batches, and to what is sent next. The batch's state changes
 * first; the observer is notified last.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
final class Settlement {
  private final BatchList batches;
  private final SendWindow window;
  private final Outage outage;
  private final Refusals refusals;
  private final boolean dropsRefused;
  private final ExportObserver observer;

  Settlement(
      BatchList batches,
      SendWindow window,
      Outage outage,
      Refusals refusals,
      RefusedPolicy policy,
      ExportObserver observer) {
    this.batches = batches;
    this.window = window;
    this.outage = outage;
    this.refusals = refusals;
    this.dropsRefused = policy == RefusedPolicy.DROP;
    this.observer = observer;
  }

  /**
   * Applies the result of a request.
   *
   * @param lastSent the number of the request that was sent last
   */
  void settle(SentRequest sent, long lastSent, long nowNs) {
    ExportResult result = sent.result();
    try {
      if (result instanceof ExportResult.Accepted accepted) {
        applyAccepted(sent, accepted);
      } else {
        result = applyFailure(sent, (ExportResult.Failure) result, lastSent, nowNs);
      }
    } finally {
      if (sent.batch.state == Batch.State.SENDING) {
        sent.batch.retryPart(); // An exception left the result unapplied: the request is sent again.
      }
      observer.onResult(sent.request.records(), result, nowNs - sent.startedNs);
    }
  }

  private void applyAccepted(SentRequest sent, ExportResult.Accepted response) {
    sent.batch.completePart();
    if (sent.wasWritten()) {
      sent.batch.releaseIfSentOnce();
    }
    window.onAccepted();
    if (response.rejected() < sent.request.records() && refusals.recordAccepted(sent.number)) {
      batches.onNeighbourAccepted();
    }
    outage.onAnswer(sent);
  }

  private ExportResult applyFailure(
      SentRequest sent, ExportResult.Failure failure, long lastSent, long nowNs) {
    window.reset();
    if (failure instanceof ExportResult.Retry) {
      return retryBatch(sent, failure, nowNs);
    } else if (dropsRefused) {
      return dropPart(sent, failure);
    } else if (failure instanceof ExportResult.DestinationRefused) {
      return retryBatch(sent, failure, nowNs);
    }
    return applyPayloadRefusal(sent, failure, lastSent, nowNs);
  }

  /** The batch is sent again unchanged. */
  private ExportResult retryBatch(SentRequest sent, ExportResult.Failure failure, long nowNs) {
    sent.batch.retryPart();
    batches.discardEvidence();
    outage.onFailure(sent, failure, nowNs);
    return failure;
  }

  /** As OTLP requires: only a batch that was too large as a whole can still be sent, in parts. */
  private ExportResult dropPart(SentRequest sent, ExportResult.Failure failure) {
    if (!(failure instanceof ExportResult.TooLarge) || !sent.batch.split(true)) {
      sent.batch.dropPart();
      observer.onRefused(sent.request, failure);
    }
    outage.onAnswer(sent);
    return failure;
  }

  /**
   * Isolates the refused record, or finds that the backend refuses all records; the result to report is then
   * {@link ExportResult.DestinationRefused}.
   */
  private ExportResult applyPayloadRefusal(
      SentRequest sent, ExportResult.Failure failure, long lastSent, long nowNs) {
    refusals.recordRefusal(sent.batch, failure);
    if (!sent.batch.split(failure instanceof ExportResult.TooLarge)) {
      applySingleRefusal(sent, failure, lastSent);
    }
    if (refusals.isDestinationRefusing()) {
      ExportResult.DestinationRefused refused = refusals.destinationRefused();
      batches.discardEvidence();
      outage.onRefusals(sent, refused, nowNs);
      return refused;
    }
    if (outage.isCausedByRefusals()) {
      outage.onRefusals(sent, failure, nowNs);
    } else {
      outage.onAnswer(sent);
    }
    return failure;
  }

  private void applySingleRefusal(SentRequest sent, ExportResult.Failure failure, long lastSent) {
    if (sent.batch.isDroppedWhenRefused()) {
      sent.batch.dropPart();
      refusals.recordSingleRefusal(lastSent, true);
      observer.onRefused(sent.request, failure);
    } else {
      refusals.recordSingleRefusal(lastSent, sent.batch.holdPart());
    }
  }
}
