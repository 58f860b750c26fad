package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.export.Backoff;
import cloud.gardener.logging.export.ExportResult;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Whether a target's backend fails in a way that may pass, and when it is tried again: from the first
 * failure until a batch that was sent after it, the probe, is answered for good.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
final class Outage {
  /** What a backend may ask for: deadlines must stay comparable. */
  private static final long LONGEST_PAUSE_NS = TimeUnit.DAYS.toNanos(365);

  private final Backoff backoff;
  private final ExportObserver observer;
  private boolean lasts;
  private Batch probe;
  private long nextAttemptNs;

  /**
   * None yet.
   *
   * @param observer hears of its begin and its end
   */
  Outage(Backoff backoff, ExportObserver observer) {
    this.backoff = backoff;
    this.observer = observer;
  }

  boolean lasts() {
    return lasts;
  }

  /** A batch has failed. The pause grows once a round: several requests that fail together are one failure. */
  void failed(Batch batch, ExportResult.Retry retry, long nowNs) {
    boolean newRound = !lasts || batch == probe;
    long pauseNs = newRound ? backoff.nextDelayNanos(retry) : saturatedNanos(retry.notBefore());
    long untilNs = nowNs + Math.min(pauseNs, LONGEST_PAUSE_NS);
    if (!lasts) {
      lasts = true;
      nextAttemptNs = untilNs;
      observer.failing(retry);
    } else if (untilNs - nextAttemptNs > 0) {
      nextAttemptNs = untilNs;
    }
  }

  private static long saturatedNanos(Duration duration) {
    return duration.getSeconds() < TimeUnit.NANOSECONDS.toSeconds(LONGEST_PAUSE_NS)
        ? duration.toNanos()
        : LONGEST_PAUSE_NS;
  }

  /** A batch was answered for good. Only what was sent after the failure tells that it is over. */
  void answered(Batch batch) {
    if (lasts && batch == probe) {
      lasts = false;
      probe = null;
      backoff.reset();
      observer.recovered();
    }
  }

  /** A batch is tried while it lasts. */
  void tried(Batch batch) {
    probe = batch;
  }

  /** Nanoseconds until the next attempt; 0 when it is due. */
  long nanosUntilAttempt(long nowNs) {
    return Math.max(0, nextAttemptNs - nowNs);
  }
}
