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
  private static final long LONGEST_PAUSE_NS = TimeUnit.DAYS.toNanos(365);

  private final Backoff backoff;
  private final ExportObserver observer;
  private boolean lasts;
  private boolean ofRefusals;
  private int toldRank;
  private SentRequest probe;
  private long nextAttemptNs;

  /** @param observer notified of the outage's begin and end */
  Outage(Backoff backoff, ExportObserver observer) {
    this.backoff = backoff;
    this.observer = observer;
  }

  boolean lasts() {
    return lasts;
  }

  /** Whether the outage lasts because the backend refuses the content of the requests, see {@link Refusals}. */
  boolean isOfRefusals() {
    return lasts && ofRefusals;
  }

  /** A request failed, or the destination refused it. */
  void failed(SentRequest sent, ExportResult.Failure failure, long nowNs) {
    ofRefusals = false;
    pause(sent, failure, nowNs);
  }

  /**
   * Single records were refused, and nothing was accepted.
   *
   * @param sent the request that was refused last; null when there is nothing else to send
   */
  void refused(SentRequest sent, ExportResult.Failure why, long nowNs) {
    ofRefusals = true;
    pause(sent, why, nowNs);
  }

  /** The pause grows once per round: several requests that fail together count as one failure. */
  private void pause(SentRequest sent, ExportResult.Failure failure, long nowNs) {
    boolean newRound = !lasts || sent == probe || sent == null;
    long wishNs = Math.min(saturatedNanos(notBefore(failure)), LONGEST_PAUSE_NS);
    long pauseNs = newRound ? backoff.nextDelayNanos(notBefore(failure)) : wishNs;
    long untilNs = nowNs + Math.min(pauseNs, LONGEST_PAUSE_NS);
    if (!lasts || untilNs - nextAttemptNs > 0) {
      nextAttemptNs = untilNs;
    }
    lasts = true;
    if (rank(failure) > toldRank) {
      toldRank = rank(failure);
      observer.failing(failure);
    }
  }

  private static Duration notBefore(ExportResult.Failure failure) {
    if (failure instanceof ExportResult.Retry retry) {
      return retry.notBefore();
    }
    return failure instanceof ExportResult.DestinationRefused refused
        ? refused.notBefore()
        : Duration.ZERO;
  }

  /** Severity: a worse failure is reported even while a milder one lasts. */
  private static int rank(ExportResult.Failure failure) {
    if (failure instanceof ExportResult.DestinationRefused) {
      return 3;
    }
    return failure instanceof ExportResult.Retry ? 1 : 2;
  }

  private static long saturatedNanos(Duration duration) {
    return duration.getSeconds() < TimeUnit.NANOSECONDS.toSeconds(LONGEST_PAUSE_NS)
        ? duration.toNanos()
        : LONGEST_PAUSE_NS;
  }

  /** A request was answered. Only the probe, which was sent after the failure, ends the outage. */
  void answered(SentRequest sent) {
    if (lasts && sent == probe) {
      lasts = false;
      toldRank = 0;
      probe = null;
      backoff.reset();
      observer.recovered();
    }
  }

  /** A request was sent during the outage: it is the probe. */
  void tried(SentRequest sent) {
    probe = sent;
  }

  /** Nanoseconds until the next attempt; 0 when it is due. */
  long nanosUntilAttempt(long nowNs) {
    return Math.max(0, nextAttemptNs - nowNs);
  }
}
