package cloud.gardener.logging.delivery;

import cloud.gardener.logging.export.ExportResult;
import java.time.Duration;

/**
 * What the refusals of single records say: whether these records are at fault, or the backend.
 *
 * <p>A record is given up only when the backend has refused it, has accepted a neighbour since, and
 * refuses it again. A neighbour is any other record of the target that was sent after the refusal.
 * Where {@link #LIMIT} single records were refused and nothing was accepted in between, the backend
 * refuses everything: it is treated as a destination that refuses, and the records stay.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
final class Refusals {
  /** Single records refused in a row that make it the destination. */
  static final int LIMIT = 8;

  private int singles;
  private long lastNumber = -1;
  private long round;
  private ExportResult.Failure last;

  /** A part of a batch was refused for what is in it. */
  void refused(Batch batch, ExportResult.Failure why) {
    batch.refusedInRound = round;
    last = why;
  }

  /**
   * A single record was refused.
   *
   * @param lastSent the number of the request that was sent last
   * @param isNew whether this record was not counted already
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
   * @param number of the request
   * @return whether it was sent after the last refusal of a single record, and so is evidence
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

  /** Whether one more would make it the destination: time to ask a record from elsewhere. */
  boolean wantsNeighbour() {
    return singles == LIMIT - 1;
  }

  boolean isDestination() {
    return singles >= LIMIT;
  }

  /** Whether nothing of {@code batch} was refused since something was accepted. */
  boolean isNeighbour(Batch batch) {
    return batch.refusedInRound != round;
  }

  /** The last refusal; null before the first. */
  ExportResult.Failure last() {
    return last;
  }

  /** What it comes to when it {@link #isDestination}. */
  ExportResult.DestinationRefused verdict() {
    return new ExportResult.DestinationRefused(
        "one record after the other is refused and none accepted, at last with " + last.reason(),
        "the backend and what it sends to, HTTPEncoding, and whether records like these are accepted"
            + " there at all",
        Duration.ZERO);
  }
}
