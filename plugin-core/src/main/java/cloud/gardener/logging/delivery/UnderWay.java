package cloud.gardener.logging.delivery;

import cloud.gardener.logging.export.ExportResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The requests of a target that are with the client, in the order in which they were sent.
 *
 * <p>A client ends each request at its timeout. One that does not, by a defect or for want of memory,
 * must not stop the target: what is under way longer than its timeout and {@link #LATE} counts as failed.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
final class UnderWay {
  /** What a request may be late beyond its timeout. */
  static final Duration LATE = Duration.ofSeconds(10);

  /** Deadlines must stay comparable. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private final long overdueNs;
  private final List<Sent> requests = new ArrayList<>();
  private int bytes;
  private Sent last;

  /**
   * None yet.
   *
   * @param timeout of the client
   */
  UnderWay(Duration timeout) {
    Duration bounded = timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
    this.overdueNs = bounded.plus(LATE).toNanos();
  }

  void add(Sent sent) {
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

  /** Whether the request that was sent last is written or dealt with; if not, a step follows then. */
  boolean isWritten() {
    return last == null || last.isOut();
  }

  /** Takes the oldest of those that are answered out; null when none is. */
  Sent pollAnswered() {
    for (int i = 0; i < requests.size(); i++) {
      Sent sent = requests.get(i);
      if (sent.result() != null) {
        requests.remove(i);
        bytes -= sent.request.bytes();
        if (sent == last) {
          last = null; // Nothing of it is to stay in memory.
        }
        return sent;
      }
    }
    return null;
  }

  /** Has those that are overdue fail. */
  void expire(long nowNs) {
    for (Sent sent : requests) {
      if (nowNs - sent.startedNs >= overdueNs && sent.result() == null) {
        sent.answered(
            ExportResult.Retry.soon(
                "no answer within " + TimeUnit.NANOSECONDS.toSeconds(overdueNs)
                    + " s, and no timeout of the client, which is a defect"));
      }
    }
  }

  /** Nanoseconds until the oldest is overdue; {@link Long#MAX_VALUE} when none is under way. */
  long nanosUntilOverdue(long nowNs) {
    return requests.isEmpty()
        ? Long.MAX_VALUE
        : Math.max(0, requests.get(0).startedNs + overdueNs - nowNs);
  }
}
