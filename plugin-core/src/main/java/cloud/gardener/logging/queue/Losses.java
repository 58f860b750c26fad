package cloud.gardener.logging.queue;

import cloud.gardener.logging.queue.segment.Segment;
import cloud.gardener.logging.queue.segment.SegmentFolder;
import cloud.gardener.logging.queue.segment.SegmentList;
import java.io.IOException;
import java.util.logging.Logger;

/**
 * Drops what cannot be read any more, counts it, and ensures that its file is kept.
 *
 * <p>Not thread-safe: guarded by the queue's lock.
 */
final class Losses {
  private static final Logger LOG = Logger.getLogger(Losses.class.getName());

  private final SegmentFolder folder;
  private final SegmentList segments;
  private final DiskSpace space;
  private final ReadAhead readAhead;
  private final QueueCounts counts;
  private final QueueListener listener;

  Losses(
      SegmentFolder folder,
      SegmentList segments,
      DiskSpace space,
      ReadAhead readAhead,
      QueueCounts counts,
      QueueListener listener) {
    this.folder = folder;
    this.segments = segments;
    this.space = space;
    this.readAhead = readAhead;
    this.counts = counts;
    this.listener = listener;
  }

  /** Drops an entry whose bytes differ from what was written. */
  void dropEntry(ReadAhead.InFlight damaged) {
    damaged.segment().markDamaged();
    LOG.warning(
        () ->
            "an entry in "
                + damaged.segment().path()
                + " is damaged: lost "
                + damaged.records()
                + " records, the file will be kept");
    counts.add(-1, -damaged.records());
    listener.onLoss(damaged.records());
  }

  /**
   * Drops the rest of the reader's current segment, which cannot be read on: the position of its next entry is
   * unknown.
   */
  void dropRestOfSegment(IOException cause) {
    Segment segment = readAhead.current();
    int entries = segment.entries() - segment.inFlight();
    long before = segment.diskBytes();
    readAhead.skip(segment);
    long records = segment.dropUnread();
    space.adjust(segment.diskBytes() - before);
    space.measureQuarantine(folder);
    LOG.warning(
        () ->
            segment.path()
                + " cannot be read on ("
                + cause
                + "): lost "
                + records
                + " records in "
                + entries
                + " entries, the file is kept if it is still there");
    counts.add(-entries, -records);
    listener.onLoss(records);
    listener.onQuarantine();
    if (segment.inFlight() == 0) {
      segments.remove(segment);
    }
  }
}
