package cloud.gardener.logging.delivery;

import cloud.gardener.logging.export.ExportResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The target's requests that are in flight, in the order in which they were sent.
 *
 * <p>A client ends each request at its timeout. A request that does not end, because of a defect or for want
 * of memory, must not block the target: one that is in flight longer than its timeout plus {@link #GRACE}
 * counts as failed.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
final class InFlightRequests {
  /** The grace period after a request's timeout. */
  static final Duration GRACE = Duration.ofSeconds(10);

  /** Upper bound of the timeout: deadlines must stay comparable. */
  private static final Duration MAX_TIMEOUT = Duration.ofDays(365);

  private final long overdueNs;
  private final List<SentRequest> requests = new ArrayList<>();
  private int bytes;
  private SentRequest last;

  /** @param timeout the client's timeout */
  InFlightRequests(Duration timeout) {
    Duration bounded = timeout.compareTo(MAX_TIMEOUT) < 0 ? timeout : MAX_TIMEOUT;
    this.overdueNs = bounded.plus(GRACE).toNanos();
  }

  void add(SentRequest sent) {
    requests.add(sent);
    bytes += sent.request.bytes();
    last = sent;
  }

  int size() {
    return requests.size();
  }

  boolean isEmpty() {
    return requests.isEmpty();
  }

  int bytes() {
    return bytes;
  }

  /**
   * Whether the request that was sent last is written or its result applied; if not, a step follows when it
   * is.
   */
  boolean isLastWritten() {
    return last == null || last.isWritten();
  }

  /** Removes and returns the oldest request with a result; null when there is none. */
  SentRequest pollAnswered() {
    for (int i = 0; i < requests.size(); i++) {
      SentRequest sent = requests.get(i);
      if (sent.result() != null) {
        requests.remove(i);
        bytes -= sent.request.bytes();
        if (sent == last) {
          last = null; // Releases the request's memory.
        }
        return sent;
      }
    }
    return null;
  }

  /** Fails the overdue requests. */
  void failOverdue(long nowNs) {
    for (SentRequest sent : requests) {
      if (nowNs - sent.startedNs >= overdueNs && sent.result() == null) {
        sent.complete(
            ExportResult.Retry.withBackoff(
                "no answer within " + TimeUnit.NANOSECONDS.toSeconds(overdueNs)
                    + " s, and no timeout of the client, which is a defect"));
      }
    }
  }

  /** Nanoseconds until the oldest request is overdue; {@link Long#MAX_VALUE} when none is in flight. */
  long nanosUntilOverdue(long nowNs) {
    return requests.isEmpty()
        ? Long.MAX_VALUE
        : Math.max(0, requests.get(0).startedNs + overdueNs - nowNs);
  }
}
