package cloud.gardener.logging.queue;

import cloud.gardener.logging.queue.segment.EntryLayout;
import cloud.gardener.logging.queue.segment.Segment;
import cloud.gardener.logging.queue.segment.SegmentLayout;
import cloud.gardener.logging.queue.segment.SegmentList;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The reading side of a queue: where the next entry lies, which unread entries are still in memory, and
 * which are out, that is read and not yet removed.
 *
 * <p>Invariants: the entries in memory are the next ones to be read, without a gap; an entry that finds
 * no room in memory is read from disk later, and so are all behind it until the reader has caught up.
 * What is in memory or out stays within {@code maxRecords} and the {@link MemoryBudget}, but for one
 * entry that may always be out, and those that the reader asks for beyond.
 *
 * <p>Not thread-safe: guarded by the queue's lock.
 */
final class ReadAhead {
  /** An entry that is out. */
  record Out(Segment segment, int length, long records, boolean damaged) {}

  private record InMemory(Segment segment, QueueEntry entry) {}

  private final SegmentList segments;
  private final int maxRecords;
  private final MemoryBudget budget;
  private final ArrayDeque<InMemory> memory = new ArrayDeque<>();
  private final ArrayDeque<Out> out = new ArrayDeque<>();

  private long heldRecords;
  private long heldBytes;
  private long unread;
  private Out damaged;
  private Segment current;
  private long position;

  ReadAhead(SegmentList segments, int maxRecords, MemoryBudget budget) {
    this.segments = segments;
    this.maxRecords = maxRecords;
    this.budget = budget;
    for (Segment segment : segments.all()) {
      unread += segment.entries();
    }
  }

  /** An entry was appended behind all others. */
  void appended(Segment segment, QueueEntry entry) {
    boolean caughtUp = memory.size() == unread;
    unread++;
    if (caughtUp
        && heldRecords + entry.records() <= maxRecords
        && budget.take(heldBytes, entry.length())) {
      memory.addLast(new InMemory(segment, entry));
      hold(entry.length(), entry.records());
    }
  }

  /**
   * Reads the next entry.
   *
   * @param beyond whether it is read although enough is out
   * @return null when there is none, when enough is out, or when it is {@link #damaged() damaged}
   * @throws DamagedException when the segment cannot be read on
   */
  QueueEntry read(boolean beyond) throws IOException {
    damaged = null;
    boolean anyway = beyond || out.isEmpty();
    if (unread == 0 || (memory.isEmpty() && !anyway && heldRecords >= maxRecords)) {
      return null;
    }
    step();
    InMemory next = memory.pollFirst();
    if (next == null) {
      return readFromDisk(anyway);
    }
    take(next.entry.length(), next.entry.records(), false);
    return next.entry;
  }

  private QueueEntry readFromDisk(boolean anyway) throws IOException {
    int length = current.lengthAt(position);
    if (!budget.take(heldBytes, length)) {
      if (!anyway) {
        return null;
      }
      budget.add(length);
    }
    QueueEntry entry = null;
    try {
      byte[] bytes = current.read(position, length);
      entry = QueueEntry.parse(bytes);
      if (entry != null) {
        hold(length, entry.records());
        take(length, entry.records(), false);
      } else {
        boolean known = EntryLayout.isHeaderOnceMended(bytes, 0);
        damaged = take(length, known ? EntryLayout.records(bytes, 0) : 0, true);
      }
      return entry;
    } finally {
      if (entry == null) {
        budget.add(-length);
      }
    }
  }

  private Out take(int length, long records, boolean isDamaged) {
    Out taken = new Out(current, length, records, isDamaged);
    out.addLast(taken);
    current.took(records);
    position += SegmentLayout.ELEMENT_HEADER_BYTES + length;
    unread--;
    return taken;
  }

  /** The entry that {@link #read} found damaged just now, or null. */
  Out damaged() {
    return damaged;
  }

  /** Goes to the segment that the next entry lies in. */
  private void step() {
    while (current == null || position >= current.end()) {
      Segment next = segments.after(current);
      if (next == null) {
        throw new IllegalStateException(unread + " entries are not where they should be");
      }
      if (current != null) {
        segments.closeUnlessAtAnEnd(current);
      }
      current = next;
      position = next.first();
    }
  }

  /** The segment that was read last, or null. */
  Segment current() {
    return current;
  }

  /** The entries that are unread of {@code segment}, which has none in memory, will not be read. */
  void skip(Segment segment) {
    unread -= segment.entries() - segment.out();
    if (segment == current) {
      position = segment.end();
    }
  }

  /** All entries of {@code segment} are removed, and the next will lie at its beginning. */
  void emptied(Segment segment) {
    if (segment == current) {
      position = segment.first();
    }
  }

  /** Nothing of {@code segment}, of which nothing is out, will be read. */
  void drop(Segment segment) {
    for (Iterator<InMemory> each = memory.iterator(); each.hasNext(); ) {
      InMemory held = each.next();
      if (held.segment == segment) {
        each.remove();
        letGo(held.entry.length(), held.entry.records());
      }
    }
    skip(segment);
  }

  /** The oldest entry that is out, or null. */
  Out oldest() {
    return out.peekFirst();
  }

  /** Says that the oldest entry that is out is removed. */
  void removeOldest() {
    Out oldest = out.removeFirst();
    if (!oldest.damaged) {
      letGo(oldest.length, oldest.records);
    }
  }

  private void hold(long bytes, long records) {
    heldBytes += bytes;
    heldRecords += records;
  }

  private void letGo(long bytes, long records) {
    hold(-bytes, -records);
    budget.add(-bytes);
  }

  /** Gives all memory back; nothing is read any more. */
  void close() {
    budget.add(-heldBytes);
    heldBytes = 0;
    memory.clear();
    out.clear();
  }
}
