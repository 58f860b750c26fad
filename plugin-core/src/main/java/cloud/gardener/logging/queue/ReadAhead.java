package cloud.gardener.logging.queue;

import java.io.IOException;
import java.util.ArrayDeque;

/**
 * The reading side of a queue: where the next entry lies, which unread entries are still in memory, and
 * which have been read and not yet removed.
 *
 * <p>Invariant: the entries in memory are the next ones to be read, without a gap. An entry that finds
 * no room in memory is read from disk later, and so are all behind it until the reader has caught up.
 *
 * <p>Not thread-safe: guarded by the queue's lock.
 */
final class ReadAhead {
  /** An entry that was read and not yet removed. */
  record Out(Segment segment, int length, int records, boolean damaged) {}

  private final ArrayDeque<Segment> segments;
  private final int maxRecords;
  private final ArrayDeque<QueueEntry> memory = new ArrayDeque<>();
  private final ArrayDeque<Out> out = new ArrayDeque<>();

  private Out damaged;
  private int memoryRecords;
  private long unread;
  private Segment current;
  private long position;

  ReadAhead(ArrayDeque<Segment> segments, int maxRecords) {
    this.segments = segments;
    this.maxRecords = maxRecords;
    for (Segment segment : segments) {
      unread += segment.elements();
    }
  }

  /** An entry was appended behind all others. */
  void appended(QueueEntry entry) {
    boolean caughtUp = memory.size() == unread;
    unread++;
    if (caughtUp && memoryRecords + entry.records() <= maxRecords) {
      memory.addLast(entry);
      memoryRecords += entry.records();
    }
  }

  /**
   * Reads the next entry.
   *
   * @return null when there is none, when enough is out, or when it is {@link #damaged() damaged}
   * @throws Segment.DamagedException when the segment cannot be read on
   */
  QueueEntry read() throws IOException {
    damaged = null;
    if (unread == 0) {
      return null;
    }
    if (memory.isEmpty() && !out.isEmpty() && memoryRecords >= maxRecords) {
      return null;
    }
    step();
    QueueEntry entry = memory.pollFirst();
    if (entry != null) {
      taken(new Out(current, entry.length(), entry.records(), false));
      return entry;
    }
    int length = current.elementLength(position);
    byte[] bytes = current.read(position, length);
    entry = QueueEntry.parse(bytes);
    if (entry == null) {
      int claimed = EntryLayout.isPlausible(bytes, length) ? EntryLayout.records(bytes) : 0;
      damaged = new Out(current, length, claimed, true);
      taken(damaged);
      return null;
    }
    memoryRecords += entry.records();
    taken(new Out(current, length, entry.records(), false));
    return entry;
  }

  private void taken(Out entry) {
    out.addLast(entry);
    position += SegmentLayout.ELEMENT_HEADER_BYTES + entry.length;
    unread--;
  }

  /** The entry that {@link #read} found damaged just now, or null. */
  Out damaged() {
    return damaged;
  }

  /** Goes to the segment that the next entry lies in. */
  private void step() throws IOException {
    while (current == null || position >= current.end()) {
      Segment next = after(current);
      if (next == null) {
        throw new Segment.DamagedException(unread + " entries are missing");
      }
      if (current != null && current != segments.peekFirst() && current != segments.peekLast()) {
        current.close();
      }
      current = next;
      position = next.first();
    }
  }

  private Segment after(Segment segment) {
    for (Segment candidate : segments) {
      if (segment == null || candidate.number() > segment.number()) {
        return candidate;
      }
    }
    return null;
  }

  /**
   * Gives up what is unread in the segment at hand.
   *
   * @return its entries that are lost
   */
  int skipSegment() {
    int lost = 0;
    if (current != null) {
      lost = current.elements() - outOf(current);
      position = current.end();
    }
    unread -= lost;
    return lost;
  }

  private int outOf(Segment segment) {
    int count = 0;
    for (Out each : out) {
      if (each.segment == segment) {
        count++;
      }
    }
    return count;
  }

  int recordsOutOf(Segment segment) {
    int records = 0;
    for (Out each : out) {
      if (each.segment == segment) {
        records += each.records;
      }
    }
    return records;
  }

  /** The oldest entry that is out, or null. */
  Out oldest() {
    return out.peekFirst();
  }

  /** Says that the oldest entry that is out is removed. */
  void removeOldest() {
    Out oldest = out.removeFirst();
    if (!oldest.damaged) {
      memoryRecords -= oldest.records;
    }
  }

  Segment segment() {
    return current;
  }

  boolean isReading(Segment segment) {
    return segment == current;
  }
}
