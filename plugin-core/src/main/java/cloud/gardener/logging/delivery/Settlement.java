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
        accepted(sent, accepted);
      } else {
        result = notAccepted(sent, (ExportResult.Failure) result, lastSent, nowNs);
      }
    } finally {
      if (sent.batch.state == Batch.State.SENDING) {
        sent.batch.failed(); // An exception left the result unapplied: the request is sent again.
      }
      observer.answered(sent.request.records(), result, nowNs - sent.startedNs);
    }
  }

  private void accepted(SentRequest sent, ExportResult.Accepted answer) {
    sent.batch.accepted();
    window.accepted();
    if (answer.rejected() < sent.request.records() && refusals.accepted(sent.number)) {
      batches.neighbourAccepted();
    }
    outage.answered(sent);
  }

  private ExportResult notAccepted(
      SentRequest sent, ExportResult.Failure why, long lastSent, long nowNs) {
    window.failed();
    if (why instanceof ExportResult.Retry) {
      return failed(sent, why, nowNs);
    } else if (dropsRefused) {
      return dropped(sent, why);
    } else if (why instanceof ExportResult.DestinationRefused) {
      return failed(sent, why, nowNs);
    }
    return payloadRefused(sent, why, lastSent, nowNs);
  }

  /** The batch is sent again unchanged. */
  private ExportResult failed(SentRequest sent, ExportResult.Failure failure, long nowNs) {
    sent.batch.failed();
    batches.forgetEvidence();
    outage.failed(sent, failure, nowNs);
    return failure;
  }

  /** As OTLP requires: only a batch that was too large as a whole can still be sent, in parts. */
  private ExportResult dropped(SentRequest sent, ExportResult.Failure why) {
    if (!(why instanceof ExportResult.TooLarge) || !sent.batch.split(true)) {
      sent.batch.givenUp();
      observer.refused(sent.request, why);
    }
    outage.answered(sent);
    return why;
  }

  /**
   * Isolates the refused record, or finds that the backend refuses all records; the result to report is then
   * {@link ExportResult.DestinationRefused}.
   */
  private ExportResult payloadRefused(
      SentRequest sent, ExportResult.Failure why, long lastSent, long nowNs) {
    refusals.refused(sent.batch, why);
    if (!sent.batch.split(why instanceof ExportResult.TooLarge)) {
      refusedAlone(sent, why, lastSent);
    }
    if (refusals.isDestination()) {
      ExportResult.DestinationRefused verdict = refusals.verdict();
      batches.forgetEvidence();
      outage.refused(sent, verdict, nowNs);
      return verdict;
    }
    if (outage.isOfRefusals()) {
      outage.refused(sent, why, nowNs);
    } else {
      outage.answered(sent);
    }
    return why;
  }

  private void refusedAlone(SentRequest sent, ExportResult.Failure why, long lastSent) {
    if (sent.batch.isGivenUpWhenRefused()) {
      sent.batch.givenUp();
      refusals.refusedAlone(lastSent, true);
      observer.refused(sent.request, why);
    } else {
      refusals.refusedAlone(lastSent, sent.batch.hold());
    }
  }
}
