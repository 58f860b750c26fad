package cloud.gardener.logging.delivery;

import cloud.gardener.logging.queue.DiskQueue;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The batches that are read from a target's queue and not yet removed from it, oldest first.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
final class BatchList implements Iterable<Batch> {
  /**
   * Limits of what is read in excess of the queue's memory bounds: without them, a backend that refuses
   * everything would exhaust the memory.
   */
  private static final int MAX_BATCHES_PAST_LIMIT = Refusals.LIMIT;
  private static final int MAX_BYTES_PAST_LIMIT = 8 << 20;

  private final DiskQueue queue;
  private final Batcher batcher;
  private final ArrayDeque<Batch> batches = new ArrayDeque<>();

  BatchList(DiskQueue queue, Batcher batcher) {
    this.queue = queue;
    this.batcher = batcher;
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  @Override
  public Iterator<Batch> iterator() {
    return batches.iterator();
  }

  /** The oldest batch in this state; null when there is none. */
  Batch firstIn(Batch.State state) {
    for (Batch batch : batches) {
      if (batch.state == state) {
        return batch;
      }
    }
    return null;
  }

  /** Reads the next batch that is due; null when there is none. See {@link Batcher#poll}. */
  Batch read(long nowNs, boolean immediately) {
    Batch next = batcher.poll(nowNs, immediately);
    if (next != null) {
      batches.addLast(next);
    }
    return next;
  }

  /**
   * The batch to send first after a pause; null when there is none. When nothing else waits, all held records
   * are tried again.
   */
  Batch nextProbe() {
    if (firstIn(Batch.State.WAITING) == null && firstIn(Batch.State.HELD) != null) {
      batches.forEach(Batch::retryHeld);
    }
    return firstIn(Batch.State.WAITING);
  }

  /**
   * A batch without a refusal since the last accepted request; its first part is a single record. Null when
   * there is none.
   *
   * <p>Refused batches, and batches that wait for their removal, may use up the queue's memory bounds. The
   * neighbour is then read in excess of them. Otherwise a few large refused records would block all others.
   */
  Batch findNeighbour(Refusals refusals, long nowNs) {
    Batch neighbour = null;
    for (Batch batch : batches) {
      if (batch.state == Batch.State.WAITING && refusals.isNeighbour(batch)) {
        neighbour = batch;
        break;
      }
    }
    if (neighbour == null) {
      neighbour = read(nowNs, true);
    }
    if (neighbour == null) {
      neighbour = readPastMemoryLimit();
    }
    if (neighbour != null) {
      neighbour.isolateFirstRecord();
    }
    return neighbour;
  }

  private Batch readPastMemoryLimit() {
    int count = 0;
    int bytes = 0;
    for (Batch each : batches) {
      if (each.isPastMemoryLimit) {
        count++;
        bytes += each.bytes();
      }
    }
    Batch batch = count < MAX_BATCHES_PAST_LIMIT && bytes < MAX_BYTES_PAST_LIMIT ? batcher.pollPastMemoryLimit() : null;
    if (batch != null) {
      batches.addLast(batch);
    }
    return batch;
  }

  /** A record was accepted, which is evidence about the records that were refused alone before. */
  void onNeighbourAccepted() {
    batches.forEach(Batch::onNeighbourAccepted);
  }

  /** The backend accepts nothing: see {@link Batch#discardEvidence}. */
  void discardEvidence() {
    batches.forEach(Batch::discardEvidence);
  }

  /** Removes finished batches from the queue, in the queue's order. */
  void removeDone() {
    int entries = 0;
    while (!batches.isEmpty() && batches.peekFirst().state == Batch.State.DONE) {
      entries += batches.pollFirst().entries();
    }
    if (entries > 0) {
      queue.remove(entries);
      batcher.onRemoved(entries);
    }
  }
}
