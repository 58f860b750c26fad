package cloud.gardener.logging.delivery;

import cloud.gardener.logging.export.ExportResult;
import java.time.Duration;

/**
 * Decides from the refusals of single records whether these records are at fault or the backend.
 *
 * <p>A record is given up only when the backend refused it, accepted a neighbour since, and refuses it again.
 * A neighbour is any other record of the target that was sent after the refusal. When {@link #LIMIT} single
 * records were refused and nothing was accepted in between, the backend refuses everything: it counts as a
 * destination that refuses, and the records stay in the queue.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
final class Refusals {
  /** Number of single records refused in a row from which the destination counts as refusing. */
  static final int LIMIT = 8;

  private int singles;
  private long lastSentAtRefusal = -1;
  private long round;
  private ExportResult.Failure lastRefusal;

  /** The content of a part of a batch was refused. */
  void recordRefusal(Batch batch, ExportResult.Failure refusal) {
    batch.refusedInRound = round;
    lastRefusal = refusal;
  }

  /**
   * A single record was refused.
   *
   * @param lastSent the number of the request that was sent last
   * @param isNew whether this record was not counted before
   */
  void recordSingleRefusal(long lastSent, boolean isNew) {
    lastSentAtRefusal = lastSent;
    if (isNew) {
      singles++;
    }
  }

  /**
   * A request was accepted.
   *
   * @param number the number of the request
   * @return whether it was sent after the last refusal of a single record, which makes it evidence
   */
  boolean recordAccepted(long number) {
    if (number <= lastSentAtRefusal) {
      return false;
    }
    singles = 0;
    round++;
    return true;
  }

  /** Whether single records were refused and nothing was accepted since. */
  boolean isUndecided() {
    return singles > 0;
  }

  /** Whether one more refusal makes it the destination: a record of another batch must be tried first. */
  boolean needsNeighbour() {
    return singles == LIMIT - 1;
  }

  boolean isDestinationRefusing() {
    return singles >= LIMIT;
  }

  /** Whether no part of {@code batch} was refused since the last accepted request. */
  boolean isNeighbour(Batch batch) {
    return batch.refusedInRound != round;
  }

  /** The last refusal; null before the first. */
  ExportResult.Failure lastRefusal() {
    return lastRefusal;
  }

  /** The result when the destination refuses everything. Requires {@link #isDestinationRefusing}. */
  ExportResult.DestinationRefused destinationRefused() {
    return new ExportResult.DestinationRefused(
        "one record after the other is refused and none accepted, at last with " + lastRefusal.reason(),
        "the backend and what it sends to, HTTPEncoding, and whether records like these are accepted"
            + " there at all",
        Duration.ZERO);
  }
}
