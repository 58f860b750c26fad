package cloud.gardener.logging.delivery;

import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.pace.Backoff;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Whether a target's backend accepts nothing, and when to try it again. An outage lasts from the first
 * failure, transient or a refusal of everything, until a request that was sent after the failure, the probe,
 * is answered.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
final class Outage {
  /** Upper bound for the pause that a backend asks for: deadlines must stay comparable. */
  private static final long MAX_PAUSE_NS = TimeUnit.DAYS.toNanos(365);

  private final Backoff backoff;
  private final ExportObserver observer;
  private boolean ongoing;
  private boolean causedByRefusals;
  private int reportedSeverity;
  private SentRequest probe;
  private long nextAttemptNs;

  /** @param observer notified of the outage's begin and end */
  Outage(Backoff backoff, ExportObserver observer) {
    this.backoff = backoff;
    this.observer = observer;
  }

  boolean isOngoing() {
    return ongoing;
  }

  /** Whether the outage lasts because the backend refuses the content of the requests, see {@link Refusals}. */
  boolean isCausedByRefusals() {
    return ongoing && causedByRefusals;
  }

  /** A request failed, or the destination refused it. */
  void onFailure(SentRequest sent, ExportResult.Failure failure, long nowNs) {
    causedByRefusals = false;
    pause(sent, failure, nowNs);
  }

  /**
   * Single records were refused, and nothing was accepted.
   *
   * @param sent the request that was refused last; null when there is nothing else to send
   */
  void onRefusals(SentRequest sent, ExportResult.Failure refusal, long nowNs) {
    causedByRefusals = true;
    pause(sent, refusal, nowNs);
  }

  /** The pause grows once per round: several requests that fail together count as one failure. */
  private void pause(SentRequest sent, ExportResult.Failure failure, long nowNs) {
    boolean newRound = !ongoing || sent == probe || sent == null;
    long requestedNs = Math.min(saturatedNanos(requestedDelay(failure)), MAX_PAUSE_NS);
    long pauseNs = newRound ? backoff.nextDelayNanos(requestedDelay(failure)) : requestedNs;
    long untilNs = nowNs + Math.min(pauseNs, MAX_PAUSE_NS);
    if (!ongoing || untilNs - nextAttemptNs > 0) {
      nextAttemptNs = untilNs;
    }
    ongoing = true;
    if (severity(failure) > reportedSeverity) {
      reportedSeverity = severity(failure);
      observer.onOutage(failure);
    }
  }

  private static Duration requestedDelay(ExportResult.Failure failure) {
    if (failure instanceof ExportResult.Retry retry) {
      return retry.notBefore();
    }
    return failure instanceof ExportResult.DestinationRefused refused
        ? refused.notBefore()
        : Duration.ZERO;
  }

  /** Severity: a worse failure is reported even while a milder one lasts. */
  private static int severity(ExportResult.Failure failure) {
    if (failure instanceof ExportResult.DestinationRefused) {
      return 3;
    }
    return failure instanceof ExportResult.Retry ? 1 : 2;
  }

  private static long saturatedNanos(Duration duration) {
    return duration.getSeconds() < TimeUnit.NANOSECONDS.toSeconds(MAX_PAUSE_NS)
        ? duration.toNanos()
        : MAX_PAUSE_NS;
  }

  /** A request was answered. Only the probe, which was sent after the failure, ends the outage. */
  void onAnswer(SentRequest sent) {
    if (ongoing && sent == probe) {
      ongoing = false;
      reportedSeverity = 0;
      probe = null;
      backoff.reset();
      observer.onRecovered();
    }
  }

  /** A request was sent during the outage: it is the probe. */
  void setProbe(SentRequest sent) {
    probe = sent;
  }

  /** Nanoseconds until the next attempt; 0 when it is due. */
  long nanosUntilAttempt(long nowNs) {
    return Math.max(0, nextAttemptNs - nowNs);
  }
}
