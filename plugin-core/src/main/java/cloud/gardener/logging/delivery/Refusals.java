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
  private long lastNumber = -1;
  private long round;
  private ExportResult.Failure last;

  /** The content of a part of a batch was refused. */
  void refused(Batch batch, ExportResult.Failure why) {
    batch.refusedInRound = round;
    last = why;
  }

  /**
   * A single record was refused.
   *
   * @param lastSent the number of the request that was sent last
   * @param isNew whether this record was not counted before
   */
  void refusedAlone(long lastSent, boolean isNew) {
    lastNumber = lastSent;
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
  boolean accepted(long number) {
    if (number <= lastNumber) {
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
  boolean wantsNeighbour() {
    return singles == LIMIT - 1;
  }

  boolean isDestination() {
    return singles >= LIMIT;
  }

  /** Whether no part of {@code batch} was refused since the last accepted request. */
  boolean isNeighbour(Batch batch) {
    return batch.refusedInRound != round;
  }

  /** The last refusal; null before the first. */
  ExportResult.Failure last() {
    return last;
  }

  /** The result when the destination refuses everything. Requires {@link #isDestination}. */
  ExportResult.DestinationRefused verdict() {
    return new ExportResult.DestinationRefused(
        "one record after the other is refused and none accepted, at last with " + last.reason(),
        "the backend and what it sends to, HTTPEncoding, and whether records like these are accepted"
            + " there at all",
        Duration.ZERO);
  }
}
