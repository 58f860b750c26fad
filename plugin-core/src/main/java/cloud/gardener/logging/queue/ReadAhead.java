package cloud.gardener.logging.queue;

import cloud.gardener.logging.queue.segment.EntryLayout;
import cloud.gardener.logging.queue.segment.Segment;
import cloud.gardener.logging.queue.segment.SegmentLayout;
import cloud.gardener.logging.queue.segment.SegmentList;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The read end of a queue: the position of the next entry, the unread entries that are still in memory, and the
 * entries that are <i>in flight</i>: read and not yet removed.
 *
 * <p>Invariants: the entries in memory are the next ones to be read, without a gap. An entry that does not fit in
 * memory is read from disk later, and so are all entries behind it until the reader has caught up. The entries in
 * memory or in flight stay within {@code maxRecords} and the {@link MemoryBudget}. Exceptions are one entry that may
 * always be in flight, those that the reader requests in excess of the bounds, and up to {@code smallBytes} of appended
 * entries, which need only stay within the {@link MemoryBudget}.
 *
 * <p>Not thread-safe: guarded by the queue's lock.
 */
final class ReadAhead {
  /** An entry that is read and not yet removed. */
  record InFlight(Segment segment, int length, long records, long enqueuedAtMs, boolean damaged) {}

  private record InMemory(Segment segment, QueueEntry entry) {}

  private final SegmentList segments;
  private final int maxRecords;
  private final int smallBytes;
  private final MemoryBudget budget;
  private final ArrayDeque<InMemory> memory = new ArrayDeque<>();
  private final ArrayDeque<InFlight> inFlight = new ArrayDeque<>();

  private long heldRecords;
  private long heldBytes;
  private long unread;
  private InFlight damaged;
  private Segment current;
  private long position;

  ReadAhead(SegmentList segments, int maxRecords, int smallBytes, MemoryBudget budget) {
    this.segments = segments;
    this.maxRecords = maxRecords;
    this.smallBytes = smallBytes;
    this.budget = budget;
    for (Segment segment : segments.all()) {
      unread += segment.entries();
    }
  }

  /** An entry was appended behind all others. Keeps it, or else marks that only the disk has it. */
  void onAppend(Segment segment, QueueEntry entry) {
    boolean caughtUp = memory.size() == unread;
    unread++;
    if (caughtUp
        && (heldRecords + entry.records() <= maxRecords
            || heldBytes + entry.length() <= smallBytes)
        && budget.tryAcquire(heldBytes, entry.length())) {
      memory.addLast(new InMemory(segment, entry));
      addHeld(entry.length(), entry.records());
    } else {
      entry.setOnDiskAlone();
    }
  }

  /**
   * Reads the next entry.
   *
   * @param pastMemoryLimit whether to read it in excess of the memory bounds
   * @return null when there is none, when the bounds are reached, or when the entry is {@link #damaged() damaged}
   * @throws DamagedException when the segment cannot be read on
   */
  QueueEntry read(boolean pastMemoryLimit) throws IOException {
    damaged = null;
    boolean ignoresLimit = pastMemoryLimit || inFlight.isEmpty();
    if (unread == 0 || (memory.isEmpty() && !ignoresLimit && heldRecords >= maxRecords)) {
      return null;
    }
    advance();
    InMemory next = memory.pollFirst();
    if (next == null) {
      return readFromDisk(ignoresLimit);
    }
    markInFlight(next.entry.length(), next.entry.records(), next.entry.enqueuedAtMs(), false);
    return next.entry;
  }

  private QueueEntry readFromDisk(boolean ignoresLimit) throws IOException {
    int length = current.lengthAt(position);
    if (!budget.tryAcquire(heldBytes, length)) {
      if (!ignoresLimit) {
        return null;
      }
      budget.adjust(length);
    }
    QueueEntry entry = null;
    try {
      byte[] bytes = QueueEntry.newArray(length);
      current.read(position, bytes, length);
      entry = QueueEntry.parse(bytes, length);
      if (entry != null) {
        addHeld(length, entry.records());
        markInFlight(length, entry.records(), entry.enqueuedAtMs(), false);
      } else {
        boolean known = EntryLayout.repairHeader(bytes, 0);
        damaged = markInFlight(length, known ? EntryLayout.records(bytes, 0) : 0, 0, true);
      }
      return entry;
    } finally {
      if (entry == null) {
        budget.adjust(-length);
      }
    }
  }

  private InFlight markInFlight(int length, long records, long enqueuedAtMs, boolean isDamaged) {
    InFlight read = new InFlight(current, length, records, enqueuedAtMs, isDamaged);
    inFlight.addLast(read);
    current.markInFlight(records);
    position += SegmentLayout.ELEMENT_HEADER_BYTES + length;
    unread--;
    return read;
  }

  /** The damaged entry that the last {@link #read} found; null when it found none. */
  InFlight damaged() {
    return damaged;
  }

  /** Advances to the segment that contains the next entry. */
  private void advance() {
    while (current == null || position >= current.end()) {
      Segment next = segments.after(current);
      if (next == null) {
        throw new IllegalStateException(unread + " entries are not where they should be");
      }
      if (current != null) {
        segments.closeIfInMiddle(current);
      }
      current = next;
      position = next.first();
    }
  }

  /** The segment that was read last, or null. */
  Segment current() {
    return current;
  }

  /** Skips the unread entries of {@code segment}, which has none in memory. */
  void skip(Segment segment) {
    unread -= segment.entries() - segment.inFlight();
    if (segment == current) {
      position = segment.end();
    }
  }

  /** All entries of {@code segment} are removed, and the next one will lie at its beginning. */
  void onEmptied(Segment segment) {
    if (segment == current) {
      position = segment.first();
    }
  }

  /** Drops all entries of {@code segment}, of which none is in flight. */
  void drop(Segment segment) {
    for (Iterator<InMemory> each = memory.iterator(); each.hasNext(); ) {
      InMemory held = each.next();
      if (held.segment == segment) {
        each.remove();
        release(held.entry.length(), held.entry.records());
      }
    }
    skip(segment);
  }

  /** The oldest entry that is in flight, or null. */
  InFlight oldest() {
    return inFlight.peekFirst();
  }

  /** When the oldest entry was appended; 0 when there is none, or it is unread and not in memory. */
  long oldestMs() {
    if (!inFlight.isEmpty()) {
      return inFlight.peekFirst().enqueuedAtMs;
    }
    return memory.isEmpty() ? 0 : memory.peekFirst().entry.enqueuedAtMs();
  }

  /** The oldest entry that is in flight was removed. */
  void removeOldest() {
    InFlight oldest = inFlight.removeFirst();
    if (!oldest.damaged) {
      release(oldest.length, oldest.records);
    }
  }

  private void addHeld(long bytes, long records) {
    heldBytes += bytes;
    heldRecords += records;
  }

  private void release(long bytes, long records) {
    addHeld(-bytes, -records);
    budget.adjust(-bytes);
  }

  /** Releases all memory; no more entries are read. */
  void close() {
    budget.adjust(-heldBytes);
    heldBytes = 0;
    memory.clear();
    inFlight.clear();
  }
}
