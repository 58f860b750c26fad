package cloud.gardener.logging.delivery;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.otlp.RequestSlice;
import cloud.gardener.logging.queue.QueueEntry;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Queue entries that are sent together and removed from the queue together. A queue entry is a serialized
 * request. Protobuf merges repeated fields of concatenated messages, so the concatenated entries are one
 * request.
 *
 * <p>When the backend refuses the content of a batch, the worker {@link #split splits} it and sends the parts
 * in order, one after the other. A record that is refused alone is held until it is known whether the backend
 * accepts other records, see {@link Refusals}.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
final class Batch {
  /** The batch's position between the queue and the backend. */
  enum State {
    /** To be sent, for the first time or again. */
    WAITING,
    /** Handed to the client; the response is outstanding. */
    SENDING,
    /** Only records that were refused alone are left. */
    HELD,
    /** The outcome is final: the entries may be removed from the queue. */
    DONE
  }

  private final List<QueueEntry> entries = new ArrayList<>();
  private final ArrayDeque<BatchPart> parts = new ArrayDeque<>();
  private final List<BatchPart> suspects = new ArrayList<>();
  private int records;
  private int bytes;
  private int requests;
  State state = State.WAITING;

  /** Whether the rate limit delays the part that is sent next. */
  boolean throttled;

  /** Whether the batch was read in excess of the queue's memory bounds. */
  boolean isPastMemoryLimit;

  /** The round of {@link Refusals} in which a part was last refused; -1 for never. */
  long refusedInRound = -1;

  /** Whether {@code entry} can be added within both bounds. The first entry always can. */
  boolean hasRoomFor(QueueEntry entry, int maxRecords, int maxBytes) {
    return entries.isEmpty()
        || (records + entry.records() <= maxRecords && bytes + entry.payloadBytes() <= maxBytes);
  }

  /** Adds an entry. Must not be called after the first request. */
  void add(QueueEntry entry) {
    entries.add(entry);
    records += entry.records();
    bytes += entry.payloadBytes();
    parts.clear();
    parts.add(new BatchPart(0, records, BatchPart.Evidence.NOTHING));
  }

  int entries() {
    return entries.size();
  }

  int records() {
    return records;
  }

  /** Payload bytes of all entries. */
  int bytes() {
    return bytes;
  }

  /** Number of records in the part that is sent next. */
  int partRecords() {
    return parts.getFirst().records();
  }

  /** The request of the part that is sent next or is with the client. */
  ExportRequest request() {
    requests++;
    BatchPart part = parts.getFirst();
    List<ByteBuffer> buffers = new ArrayList<>(entries.size());
    int length = 0;
    int first = 0;
    for (QueueEntry entry : entries) {
      int from = Math.max(part.from() - first, 0);
      int to = Math.min(part.to() - first, entry.records());
      if (from < to) {
        boolean whole = to - from == entry.records();
        ByteBuffer slice = whole ? entry.payload() : RequestSlice.of(entry.payload(), from, to);
        buffers.add(slice);
        length += slice.remaining();
      }
      first += entry.records();
    }
    return new ExportRequest(buffers, part.records(), length);
  }

  /** The backend accepted the current part. */
  void completePart() {
    BatchPart accepted = parts.removeFirst();
    BatchPart other = parts.peekFirst();
    updateState();
    if (accepted.evidence() == BatchPart.Evidence.FIRST_HALF
        && other != null
        && other.from() == accepted.to()) {
      parts.removeFirst();
      parts.addFirst(other.with(BatchPart.Evidence.CAUSE));
      split(false); // The cause is known to lie in this part: another request would only confirm it.
    }
  }

  /**
   * Releases the memory of the entries if the only request that was ever made of them was accepted. The caller ensures
   * that the client has written it. After a second request, the memory is left to the collector: the client may still
   * read it for an attempt that has failed, and must never read the records of another target there.
   */
  void releaseIfSentOnce() {
    if (requests == 1 && state == State.DONE) {
      entries.forEach(QueueEntry::release);
    }
  }

  /** The current part was given up. */
  void dropPart() {
    parts.removeFirst();
    updateState();
  }

  /** The current part must be sent again unchanged. */
  void retryPart() {
    state = State.WAITING;
  }

  /** Whether one more refusal of its content gives up the current part. */
  boolean isDroppedWhenRefused() {
    return parts.getFirst().isDroppedWhenRefused();
  }

  /**
   * Splits the part that is sent next in two.
   *
   * @param bySize whether the whole was too large; that is no evidence against the content of either half
   * @return false when it cannot be split, as a single record
   */
  boolean split(boolean bySize) {
    BatchPart part = parts.getFirst();
    int middle = splitPosition(part);
    if (middle < 0) {
      return false;
    }
    parts.removeFirst();
    parts.addFirst(new BatchPart(middle, part.to(), BatchPart.Evidence.NOTHING));
    BatchPart.Evidence evidence = bySize ? BatchPart.Evidence.NOTHING : BatchPart.Evidence.FIRST_HALF;
    parts.addFirst(new BatchPart(part.from(), middle, evidence));
    state = State.WAITING;
    return true;
  }

  /** Makes the first record of the next part a part of its own. */
  void isolateFirstRecord() {
    BatchPart part = parts.getFirst();
    if (part.records() > 1 && canSplitAt(part.from() + 1)) {
      parts.removeFirst();
      parts.addFirst(new BatchPart(part.from() + 1, part.to(), BatchPart.Evidence.NOTHING));
      parts.addFirst(new BatchPart(part.from(), part.from() + 1, BatchPart.Evidence.NOTHING));
    }
  }

  /**
   * Holds the current part, a single record that was refused.
   *
   * @return whether this record was not refused alone before
   */
  boolean holdPart() {
    BatchPart part = parts.removeFirst();
    suspects.add(part.with(BatchPart.Evidence.SUSPECT));
    mergeNextParts();
    updateState();
    return part.evidence() != BatchPart.Evidence.SUSPECT;
  }

  /** The refused record is isolated, so the record next to it need not be sent alone. */
  private void mergeNextParts() {
    BatchPart next = parts.pollFirst();
    BatchPart afterNext = parts.peekFirst();
    if (next == null) {
      return;
    }
    if (afterNext != null
        && next.records() == 1
        && next.to() == afterNext.from()
        && next.evidence() == BatchPart.Evidence.NOTHING
        && afterNext.evidence() == BatchPart.Evidence.NOTHING) {
      parts.removeFirst();
      parts.addFirst(new BatchPart(next.from(), afterNext.to(), BatchPart.Evidence.NOTHING));
    } else {
      parts.addFirst(next);
    }
  }

  /** A neighbour was accepted: tries the records that were refused alone once more. */
  void onNeighbourAccepted() {
    if (state != State.SENDING) {
      retrySuspects(BatchPart.Evidence.LAST_TRY);
    }
  }

  /** Returns the held records: nothing was accepted, and nothing else is left to try. */
  void retryHeld() {
    retrySuspects(BatchPart.Evidence.SUSPECT);
  }

  private void retrySuspects(BatchPart.Evidence evidence) {
    if (suspects.isEmpty() && !hasSuspectPart()) {
      return;
    }
    List<BatchPart> all = new ArrayList<>(suspects);
    all.addAll(parts);
    all.sort(Comparator.comparingInt(BatchPart::from));
    all.replaceAll(part -> part.evidence() == BatchPart.Evidence.SUSPECT ? part.with(evidence) : part);
    parts.clear();
    parts.addAll(all);
    suspects.clear();
    updateState();
  }

  private boolean hasSuspectPart() {
    for (BatchPart part : parts) {
      if (part.evidence() == BatchPart.Evidence.SUSPECT) {
        return true;
      }
    }
    return false;
  }

  /** The backend accepts nothing, so its earlier answers about single parts are no evidence any more. */
  void discardEvidence() {
    for (int i = parts.size(); i > 0; i--) {
      BatchPart part = parts.removeFirst();
      parts.addLast(part.evidence() == BatchPart.Evidence.SUSPECT ? part : part.with(BatchPart.Evidence.NOTHING));
    }
  }

  private void updateState() {
    state = !parts.isEmpty() ? State.WAITING : suspects.isEmpty() ? State.DONE : State.HELD;
  }

  /** The best position to split the part; negative when there is none. */
  private int splitPosition(BatchPart part) {
    int middle = part.from() + part.records() / 2;
    if (middle > part.from() && canSplitAt(middle)) {
      return middle;
    }
    int first = 0;
    for (QueueEntry entry : entries) {
      if (first > part.from() && first < part.to()) {
        return first;
      }
      first += entry.records();
    }
    return -1;
  }

  /**
   * Whether the batch can be split at {@code record}: between two entries, or inside an entry that can be
   * parsed.
   */
  private boolean canSplitAt(int record) {
    int first = 0;
    for (QueueEntry entry : entries) {
      int inside = record - first;
      if (inside > 0 && inside < entry.records()) {
        try {
          return RequestSlice.of(entry.payload(), 0, inside).hasRemaining();
        } catch (RuntimeException e) {
          return false; // Not a parsable request: it is sent as a whole.
        }
      }
      first += entry.records();
    }
    return true;
  }
}
