package cloud.gardener.logging.metrics.status;

import cloud.gardener.logging.metrics.Balance;
import cloud.gardener.logging.metrics.LastError;
import cloud.gardener.logging.metrics.TargetLabels;
import cloud.gardener.logging.metrics.TargetMetrics;
import cloud.gardener.logging.metrics.TrafficHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/**
 * A snapshot of one target.
 *
 * @param state the state of its shoot; empty for the seed's target, and for a shoot that is not known
 * @param oldest when its oldest waiting record came; null when nothing waits or it is not known
 * @param maxBytes limit of {@code bytes}; 0 for none
 * @param stopped since when and why nothing is delivered; null while the backend responds
 * @param lastError the last failure of an export; null for none
 */
record TargetStatus(
    TargetLabels labels,
    String state,
    Trouble trouble,
    long records,
    long entries,
    long bytes,
    long maxBytes,
    Instant oldest,
    long inFlight,
    Balance balance,
    TrafficHistory traffic,
    LastError stopped,
    LastError lastError) {
  /** Trouble first, then what waits most, then by name. */
  static final Comparator<TargetStatus> ORDER =
      Comparator.comparing(TargetStatus::trouble)
          .thenComparing(target -> -target.bytes)
          .thenComparing(target -> target.labels.queueName());

  static final int ALMOST_FULL_PERCENT = 80;
  static final Duration RECENT = Duration.ofMinutes(15);

  static TargetStatus of(TargetMetrics target, String state, Instant now) {
    long bytes = target.queue().bytes();
    long maxBytes = target.queue().maxBytes();
    long oldestMs = target.queue().oldestMs();
    LastError stopped = target.stoppedSince();
    LastError error = target.lastError();
    return new TargetStatus(
        target.labels(),
        state,
        classify(stopped, error, bytes, maxBytes, now),
        target.queue().records(),
        target.queue().entries(),
        bytes,
        maxBytes,
        oldestMs == 0 ? null : Instant.ofEpochMilli(oldestMs),
        target.inFlight(),
        target.balance(),
        target.traffic(),
        stopped,
        error);
  }

  private static Trouble classify(
      LastError stopped, LastError error, long bytes, long maxBytes, Instant now) {
    if (stopped != null) {
      return Trouble.STOPPED;
    } else if (maxBytes > 0 && bytes >= maxBytes / 100 * ALMOST_FULL_PERCENT) {
      return Trouble.FULL;
    }
    return error != null && error.at().isAfter(now.minus(RECENT)) ? Trouble.ERRORS : Trouble.NONE;
  }

  /** Whether its name, endpoint, state or error contains the text, in any case. */
  boolean matches(String search) {
    String text =
        String.join(
            "\n",
            labels.queueName(),
            labels.endpoint(),
            state,
            trouble.description(),
            stopped == null ? "" : stopped.reason(),
            lastError == null ? "" : lastError.reason());
    return text.toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT));
  }
}
