package cloud.gardener.logging.queue;

import cloud.gardener.logging.config.QueueConfig;
import cloud.gardener.logging.queue.segment.Segment;
import cloud.gardener.logging.queue.segment.SegmentFolder;
import cloud.gardener.logging.queue.segment.SegmentLayout;
import cloud.gardener.logging.queue.segment.SegmentList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The write end of a queue: appends to the newest segment, and creates the next one.
 *
 * <p>The entries of one append go to one segment, so a single write commits all of them or none. After any failure,
 * above all that of an fsync, the content of the file is unknown: the segment is rolled back and accepts no more
 * entries.
 *
 * <p>Not thread-safe: guarded by the queue's lock.
 */
final class Appender {
  /** Small, so that a damaged segment costs little and a drained one frees its space soon. */
  private static final long MAX_SEGMENT_BYTES = 8 << 20;

  private static final long MIN_SEGMENT_BYTES = 64 << 10;

  private final SegmentFolder folder;
  private final SegmentList segments;
  private final DiskSpace space;
  private final int segmentEntries;
  private final long segmentBytes;

  private long nextNumber;

  Appender(
      SegmentFolder folder,
      SegmentList segments,
      DiskSpace space,
      QueueConfig config,
      long nextNumber) {
    this.folder = folder;
    this.segments = segments;
    this.space = space;
    this.segmentEntries = config.segmentEntries();
    this.segmentBytes =
        Math.max(MIN_SEGMENT_BYTES, Math.min(MAX_SEGMENT_BYTES, config.maxBytes() / 8));
    this.nextNumber = nextNumber;
  }

  /**
   * Appends all entries or none.
   *
   * @param reserved bytes of {@link DiskSpace} reserved for them; the reservation ends with the call
   * @return the segment that the entries are in
   * @throws IOException when the disk refuses
   */
  Segment append(List<QueueEntry> entries, long reserved) throws IOException {
    long used = 0;
    try {
      List<ByteBuffer> elements = new ArrayList<>(entries.size());
      long bytes = 0;
      long records = 0;
      for (QueueEntry entry : entries) {
        elements.add(entry.buffer());
        bytes += SegmentLayout.ELEMENT_HEADER_BYTES + entry.length();
        records += entry.records();
      }
      Segment tail = tailFor(bytes, entries.size());
      long before = tail.entries() == 0 ? 0 : tail.diskBytes();
      try {
        tail.add(elements, records);
      } finally {
        if (tail.entries() == 0) {
          delete(tail);
        }
        used = tail.diskBytes() - before;
      }
      return tail;
    } finally {
      space.commit(reserved, used);
    }
  }

  /** The newest segment, or a new one when the newest has no room. */
  private Segment tailFor(long bytes, int entries) throws IOException {
    Segment tail = segments.last();
    if (tail != null
        && tail.fits(bytes)
        && tail.added() + entries <= segmentEntries
        && !tail.hasVanished()) { // Deleted: may still be read while it is open, but not appended to.
      return tail;
    }
    long length = Math.max(segmentBytes, SegmentLayout.HEADER_BYTES + bytes);
    Segment next = Segment.create(folder, nextNumber, length);
    nextNumber++;
    segments.add(next);
    if (tail != null && tail.entries() == 0) {
      delete(tail);
    } else if (tail != null) {
      tail.seal();
      segments.closeIfInMiddle(tail);
    }
    return next;
  }

  /** Deletes an empty segment that accepts no more entries. */
  private void delete(Segment empty) {
    segments.remove(empty);
    try {
      empty.finish();
    } catch (IOException e) {
      // The folder deletes it later; a restart before that may repeat its records.
    }
  }
}
