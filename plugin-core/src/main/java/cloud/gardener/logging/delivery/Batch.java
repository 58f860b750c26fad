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
 * Queue entries that travel together, and leave the queue together. A queue entry is a serialized
 * request, and protobuf merges repeated fields when messages are put one behind the other, so the
 * entries' bytes in a row are one request.
 *
 * <p>A batch that a backend does not take for what is in it is {@link #split} and sent in parts, one
 * after the other and in order. A record that is refused alone steps aside until it is known whether
 * the backend accepts others, see {@link Refusals}.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
final class Batch {
  /** Where a batch is on its way. */
  enum State {
    /** To be sent, for the first time or again. */
    WAITING,
    /** With the client. */
    SENDING,
    /** Nothing is left of it but records that were refused alone. */
    HELD,
    /** Answered for good: its entries may be removed from the queue. */
    DONE
  }

  private final List<QueueEntry> entries = new ArrayList<>();
  private final ArrayDeque<Part> parts = new ArrayDeque<>();
  private final List<Part> suspects = new ArrayList<>();
  private int records;
  private int bytes;
  State state = State.WAITING;

  /** Whether the rate limit holds the part back that is to be sent next. */
  boolean throttled;

  /** Whether it was read although as much as may be in memory was. */
  boolean isBeyond;

  /** When a part was refused last, as {@link Refusals} counts. */
  long refusedInRound = -1;

  /** Whether {@code entry} fits beside what is here; the first entry always does. */
  boolean hasRoomFor(QueueEntry entry, int maxRecords, int maxBytes) {
    return entries.isEmpty()
        || (records + entry.records() <= maxRecords && bytes + entry.payloadBytes() <= maxBytes);
  }

  /** Adds an entry; only before the first request. */
  void add(QueueEntry entry) {
    entries.add(entry);
    records += entry.records();
    bytes += entry.payloadBytes();
    parts.clear();
    parts.add(new Part(0, records, Part.Known.NOTHING));
  }

  int entries() {
    return entries.size();
  }

  int records() {
    return records;
  }

  /** Bytes of all entries. */
  int bytes() {
    return bytes;
  }

  /** Records of the part that is to be sent next. */
  int partRecords() {
    return parts.getFirst().records();
  }

  /** The part that is to be sent next, or is with the client. */
  ExportRequest request() {
    Part part = parts.getFirst();
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

  /** The part has been accepted. */
  void accepted() {
    Part accepted = parts.removeFirst();
    Part other = parts.peekFirst();
    findState();
    if (accepted.known() == Part.Known.FIRST_HALF
        && other != null
        && other.from() == accepted.to()) {
      parts.removeFirst();
      parts.addFirst(other.with(Part.Known.CAUSE));
      split(false); // To ask for what is known would cost a request.
    }
  }

  /** The part has been given up. */
  void givenUp() {
    parts.removeFirst();
    findState();
  }

  /** The part is to be sent again as it is. */
  void failed() {
    state = State.WAITING;
  }

  /** Whether the part is given up when the backend refuses what is in it once more. */
  boolean isGivenUpWhenRefused() {
    return parts.getFirst().isGivenUpWhenRefused();
  }

  /**
   * Makes two parts of the part that is to be sent next.
   *
   * @param bySize whether the whole was too large, which says nothing about what is in the halves
   * @return false when it cannot be parted: a single record
   */
  boolean split(boolean bySize) {
    Part part = parts.getFirst();
    int middle = cutIn(part);
    if (middle < 0) {
      return false;
    }
    parts.removeFirst();
    parts.addFirst(new Part(middle, part.to(), Part.Known.NOTHING));
    Part.Known known = bySize ? Part.Known.NOTHING : Part.Known.FIRST_HALF;
    parts.addFirst(new Part(part.from(), middle, known));
    state = State.WAITING;
    return true;
  }

  /** Makes a part of its own of the record that is to be sent next. */
  void singleOut() {
    Part part = parts.getFirst();
    if (part.records() > 1 && canCutAt(part.from() + 1)) {
      parts.removeFirst();
      parts.addFirst(new Part(part.from() + 1, part.to(), Part.Known.NOTHING));
      parts.addFirst(new Part(part.from(), part.from() + 1, Part.Known.NOTHING));
    }
  }

  /**
   * The part, a single record, was refused: it steps aside.
   *
   * @return whether that is new of this record
   */
  boolean hold() {
    Part part = parts.removeFirst();
    suspects.add(part.with(Part.Known.SUSPECT));
    joinNext();
    findState();
    return part.known() != Part.Known.SUSPECT;
  }

  /** What is refused is found, so the record beside it need not travel alone. */
  private void joinNext() {
    Part next = parts.pollFirst();
    Part afterNext = parts.peekFirst();
    if (next == null) {
      return;
    }
    if (afterNext != null
        && next.records() == 1
        && next.to() == afterNext.from()
        && next.known() == Part.Known.NOTHING
        && afterNext.known() == Part.Known.NOTHING) {
      parts.removeFirst();
      parts.addFirst(new Part(next.from(), afterNext.to(), Part.Known.NOTHING));
    } else {
      parts.addFirst(next);
    }
  }

  /** A neighbour was accepted: what was refused alone is tried once more. */
  void neighbourAccepted() {
    if (state != State.SENDING) {
      returnSuspects(Part.Known.LAST_TRY);
    }
  }

  /** Nothing was accepted, and there is nothing else to try. */
  void tryHeldAgain() {
    returnSuspects(Part.Known.SUSPECT);
  }

  private void returnSuspects(Part.Known known) {
    if (suspects.isEmpty() && parts.stream().noneMatch(part -> part.known() == Part.Known.SUSPECT)) {
      return;
    }
    List<Part> all = new ArrayList<>(suspects);
    all.addAll(parts);
    all.sort(Comparator.comparingInt(Part::from));
    all.replaceAll(part -> part.known() == Part.Known.SUSPECT ? part.with(known) : part);
    parts.clear();
    parts.addAll(all);
    suspects.clear();
    findState();
  }

  /** The backend takes nothing: what it said of parts before proves nothing any more. */
  void forgetEvidence() {
    for (int i = parts.size(); i > 0; i--) {
      Part part = parts.removeFirst();
      parts.addLast(part.known() == Part.Known.SUSPECT ? part : part.with(Part.Known.NOTHING));
    }
  }

  private void findState() {
    state = !parts.isEmpty() ? State.WAITING : suspects.isEmpty() ? State.DONE : State.HELD;
  }

  /** Where the part is best cut in two; negative for nowhere. */
  private int cutIn(Part part) {
    int middle = part.from() + part.records() / 2;
    if (middle > part.from() && canCutAt(middle)) {
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

  /** Whether no entry is cut, or one that can be read. */
  private boolean canCutAt(int record) {
    int first = 0;
    for (QueueEntry entry : entries) {
      int inside = record - first;
      if (inside > 0 && inside < entry.records()) {
        try {
          return RequestSlice.of(entry.payload(), 0, inside).hasRemaining();
        } catch (RuntimeException e) {
          return false; // It is no request, and goes as a whole.
        }
      }
      first += entry.records();
    }
    return true;
  }
}
