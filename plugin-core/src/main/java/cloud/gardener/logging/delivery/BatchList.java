package cloud.gardener.logging.delivery;

import cloud.gardener.logging.queue.DiskQueue;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The batches that are read from a target's queue and not yet removed from it, the oldest first.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
final class BatchList implements Iterable<Batch> {
  /** What may be read beyond the bounds, so that a backend that refuses everything does not take all memory. */
  private static final int MAX_BEYOND = Refusals.LIMIT;
  private static final int MAX_BYTES_BEYOND = 8 << 20;

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

  /** The oldest batch in this state, or null. */
  Batch first(Batch.State state) {
    for (Batch batch : batches) {
      if (batch.state == state) {
        return batch;
      }
    }
    return null;
  }

  /** Reads the next batch that is due; null when there is none. See {@link Batcher#poll}. */
  Batch read(long nowNs, boolean hurry) {
    Batch next = batcher.poll(nowNs, hurry);
    if (next != null) {
      batches.addLast(next);
    }
    return next;
  }

  /**
   * What is to be sent first after a pause: of what was refused alone all where there is nothing else.
   * Or null.
   */
  Batch oldest() {
    if (first(Batch.State.WAITING) == null && first(Batch.State.HELD) != null) {
      batches.forEach(Batch::tryHeldAgain);
    }
    return first(Batch.State.WAITING);
  }

  /**
   * A batch of which nothing was refused since something was accepted, with a part of one record in
   * front. Or null. Where what may be in memory is full of what was refused or waits for it to be removed,
   * it is read beyond: else a few large records that are refused would stop all others.
   */
  Batch neighbour(Refusals refusals, long nowNs) {
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
      neighbour = readBeyond();
    }
    if (neighbour != null) {
      neighbour.singleOut();
    }
    return neighbour;
  }

  private Batch readBeyond() {
    int count = 0;
    int bytes = 0;
    for (Batch batch : batches) {
      if (batch.isBeyond) {
        count++;
        bytes += batch.bytes();
      }
    }
    Batch beyond = count < MAX_BEYOND && bytes < MAX_BYTES_BEYOND ? batcher.pollBeyond() : null;
    if (beyond != null) {
      batches.addLast(beyond);
    }
    return beyond;
  }

  /** A record was accepted, which is evidence about those that were refused alone before. */
  void neighbourAccepted() {
    batches.forEach(Batch::neighbourAccepted);
  }

  /** The backend takes nothing: see {@link Batch#forgetEvidence}. */
  void forgetEvidence() {
    batches.forEach(Batch::forgetEvidence);
  }

  /** Removes from the queue what is done, in the queue's order. */
  void removeDone() {
    int entries = 0;
    while (!batches.isEmpty() && batches.peekFirst().state == Batch.State.DONE) {
      entries += batches.pollFirst().entries();
    }
    if (entries > 0) {
      queue.remove(entries);
      batcher.removed(entries);
    }
  }
}
