package cloud.gardener.logging.queue;

import cloud.gardener.logging.queue.segment.Segment;
import cloud.gardener.logging.queue.segment.SegmentFolder;
import cloud.gardener.logging.queue.segment.SegmentLayout;
import cloud.gardener.logging.queue.segment.SegmentList;
import java.io.IOException;

/**
 * Removes entries from a queue: those that were sent, and the oldest ones when room is needed. Only the removal of a
 * segment's last entry frees space: the file is then deleted or, at the write end, emptied.
 *
 * <p>Not thread-safe: guarded by the queue's lock.
 */
final class Remover {
  private final SegmentFolder folder;
  private final SegmentList segments;
  private final DiskSpace space;
  private final ReadAhead readAhead;
  private final QueueCounts counts;
  private final FaultLog faultLog;

  Remover(
      SegmentFolder folder,
      SegmentList segments,
      DiskSpace space,
      ReadAhead readAhead,
      QueueCounts counts,
      FaultLog faultLog) {
    this.folder = folder;
    this.segments = segments;
    this.space = space;
    this.readAhead = readAhead;
    this.counts = counts;
    this.faultLog = faultLog;
  }

  /** Removes the oldest {@code count} intact entries that are in flight, and the damaged ones between them. */
  void remove(int count) {
    int remaining = count;
    while (isRemovable(readAhead.oldest(), remaining)) {
      Segment segment = readAhead.oldest().segment();
      int entries = 0;
      long records = 0;
      long bytes = 0;
      for (ReadAhead.InFlight inFlight = readAhead.oldest();
          isRemovable(inFlight, remaining) && inFlight.segment() == segment;
          inFlight = readAhead.oldest()) {
        readAhead.removeOldest();
        entries++;
        records += inFlight.records();
        bytes += SegmentLayout.ELEMENT_HEADER_BYTES + inFlight.length();
        if (!inFlight.damaged()) { // Damaged entries are not counted any more since they were found.
          remaining--;
          counts.add(-1, -inFlight.records());
        }
      }
      removeFrom(segment, entries, bytes, records);
    }
  }

  private static boolean isRemovable(ReadAhead.InFlight inFlight, int remaining) {
    return inFlight != null && (remaining > 0 || inFlight.damaged());
  }

  private void removeFrom(Segment segment, int entries, long bytes, long records) {
    long before = segment.diskBytes();
    try {
      segment.remove(entries, bytes, records);
      space.adjust(-folder.deleteLeftovers());
      faultLog.logSuccess();
    } catch (IOException | RuntimeException | AssertionError e) {
      faultLog.logFailure(e);
    } finally {
      if (segment.hasEnded()) {
        segments.remove(segment);
      } else if (segment.entries() == 0) {
        readAhead.onEmptied(segment);
      }
    }
    updateSpace(segment, before);
  }

  private void updateSpace(Segment segment, long before) {
    space.adjust(segment.diskBytes() - before);
    if (segment.isQuarantined()) {
      space.measureQuarantine(folder);
    }
  }

  /**
   * Drops whole segments, the oldest of those without entries in flight, until {@code bytes} fit. Drops nothing when
   * even all of them would not make enough room.
   *
   * @return the number of dropped records
   */
  long dropOldest(long bytes) {
    long droppable = 0;
    for (Segment segment : segments.all()) {
      droppable += segment.inFlight() == 0 ? segment.diskBytes() : 0;
    }
    long dropped = 0;
    if (space.hasRoomAfterFreeing(droppable, bytes)) {
      for (Segment segment : segments.all()) {
        if (space.hasRoom(bytes)) {
          break;
        }
        if (segment.inFlight() == 0) {
          dropped += drop(segment);
        }
      }
    }
    return dropped;
  }

  /** Deletes the file of an empty queue, if it has one. */
  void deleteEmptyFile() {
    Segment last = segments.last();
    if (last != null && last.entries() == 0) {
      drop(last);
    }
  }

  /** Drops a segment without entries in flight. */
  long drop(Segment segment) {
    readAhead.drop(segment);
    segments.remove(segment);
    counts.add(-segment.entries(), -segment.records());
    long before = segment.diskBytes();
    try {
      segment.finish();
    } catch (IOException e) {
      faultLog.logFailure(e);
    }
    updateSpace(segment, before);
    return segment.records();
  }
}
