package cloud.gardener.logging.queue;

import cloud.gardener.logging.config.QueueConfig;
import cloud.gardener.logging.config.QueueSync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.logging.Logger;

/**
 * The disk queue of one target: a folder of numbered segments, appended to at the last, read and
 * removed from the first, deleted when drained. What is appended stays in memory for its export while
 * there is room for it, so that a backend that keeps up costs one write and no read.
 *
 * <p>Guarantees: what {@link #append} has answered with {@code APPENDED} survives the death of the
 * process at any moment ({@code QueueSync.NORMAL}) or the loss of power ({@code FULL}), and is read until
 * it is removed. Limits: with {@code NORMAL} a loss of power can cost what the operating system had not
 * written; a damaged file costs the entries that are damaged.
 *
 * <p>Thread-safe. No method throws for what a disk may do; none waits for anything but the disk.
 */
public final class DiskQueue implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(DiskQueue.class.getName());

  /** Small, so that a damaged one costs little and a drained one gives its space back soon. */
  private static final long MAX_SEGMENT_BYTES = 8 << 20;

  private static final long MIN_SEGMENT_BYTES = 64 << 10;

  private final Path folder;
  private final QueueConfig config;
  private final DiskBudget budget;
  private final QueueListener listener;
  private final FileAccess files;
  private final FolderLock lock;
  private final Episode episode;
  private final long segmentBytes;

  private final ArrayDeque<Segment> segments;
  private final ReadAhead readAhead;
  private long nextNumber;
  private long usedBytes;
  private boolean closed;

  // Written under the lock, read by metrics without it.
  private volatile long records;
  private volatile long entries;
  private volatile long bytes;

  private DiskQueue(
      Path folder,
      QueueConfig config,
      DiskBudget budget,
      QueueListener listener,
      FileAccess files,
      FolderLock lock)
      throws IOException {
    this.folder = folder;
    this.config = config;
    this.budget = budget;
    this.listener = listener;
    this.files = files;
    this.lock = lock;
    this.episode = new Episode(LOG, "the queue in " + folder);
    this.segmentBytes =
        Math.max(MIN_SEGMENT_BYTES, Math.min(MAX_SEGMENT_BYTES, config.maxBytes() / 8));
    this.segments = new Recovery(files, folder, listener).run();
    this.readAhead = new ReadAhead(segments, config.maxMemoryRecords());
    takeStock();
  }

  /**
   * Opens the queue in {@code folder}, which is made where it is missing, with what an earlier run left
   * there.
   *
   * @throws QueueException when the folder cannot be used, or another queue uses it
   */
  public static DiskQueue open(
      Path folder, QueueConfig config, DiskBudget budget, QueueListener listener)
      throws QueueException {
    return open(folder, config, budget, listener, new FileAccess());
  }

  static DiskQueue open(
      Path folder, QueueConfig config, DiskBudget budget, QueueListener listener, FileAccess files)
      throws QueueException {
    FolderLock lock = FolderLock.take(folder);
    try {
      return new DiskQueue(folder, config, budget, listener, files, lock);
    } catch (IOException e) {
      lock.close();
      throw new QueueException("cannot read the queue in " + folder + ": " + e, e);
    }
  }

  private void takeStock() throws IOException {
    for (Segment segment : segments) {
      entries += segment.elements();
      records += segment.records();
      use(segment.end());
      nextNumber = segment.number() + 1;
    }
    try (var paths = Files.list(folder)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        if (Segment.numberOf(path) < 0) {
          use(Files.size(path)); // Quarantined files hold space as well.
        }
      }
    }
  }

  /** False when the queue, or its output's budget, has reached its bytes on disk. */
  public boolean hasRoom() {
    return bytes < config.maxBytes() && budget.hasRoom();
  }

  /** Appends all entries or none. An entry is taken while the bounds are not yet reached. */
  public synchronized AppendResult append(List<QueueEntry> added) {
    if (closed) {
      return AppendResult.FAILED;
    }
    if (added.isEmpty()) {
      return AppendResult.APPENDED;
    }
    if (!hasRoom()) {
      return AppendResult.FULL;
    }
    Segment tail = segments.peekLast();
    Segment.Mark mark = tail == null ? null : tail.mark();
    try {
      write(added);
    } catch (IOException | RuntimeException | AssertionError e) {
      undo(tail, mark);
      episode.trouble("cannot append", e);
      return AppendResult.FAILED;
    }
    episode.success();
    for (QueueEntry entry : added) {
      use(SegmentLayout.ELEMENT_HEADER_BYTES + entry.length());
      records += entry.records();
      readAhead.appended(entry);
    }
    entries += added.size();
    return AppendResult.APPENDED;
  }

  private void write(List<QueueEntry> added) throws IOException {
    Segment tail = segments.peekLast();
    for (QueueEntry entry : added) {
      if (tail == null
          || !tail.fits(entry.length())
          || tail.added() >= config.segmentEntries()) {
        tail = nextSegment(tail, entry.length());
      }
      tail.add(entry);
    }
    force(tail);
  }

  /** Closes the tail and makes a segment that an entry of {@code length} fits in. */
  private Segment nextSegment(Segment tail, int length) throws IOException {
    if (tail != null) {
      force(tail);
      tail.seal();
      if (tail != segments.peekFirst() && !readAhead.isReading(tail)) {
        tail.close();
      }
    }
    long needed =
        (long) SegmentLayout.HEADER_BYTES + SegmentLayout.ELEMENT_HEADER_BYTES + length;
    Segment next =
        Segment.create(files, folder, nextNumber++, Math.max(segmentBytes, needed));
    if (config.sync() == QueueSync.FULL) {
      files.forceFolder(folder);
    }
    segments.addLast(next);
    use(SegmentLayout.HEADER_BYTES);
    return next;
  }

  private void force(Segment segment) throws IOException {
    if (config.sync() == QueueSync.FULL) {
      segment.force();
    }
  }

  /** Forgets what a failed append wrote: new segments, and the end of the one that was the tail. */
  private void undo(Segment oldTail, Segment.Mark mark) {
    while (segments.peekLast() != oldTail) {
      Segment made = segments.removeLast();
      use(-SegmentLayout.HEADER_BYTES);
      try {
        made.delete();
      } catch (IOException e) {
        made.rollBack(new Segment.Mark(0, 0, 0, 0, 0, SegmentLayout.HEADER_BYTES));
      }
    }
    if (oldTail != null) {
      oldTail.rollBack(mark);
    }
  }

  /**
   * The next entry that has not been read, or null: when there is none, when {@code maxMemoryRecords}
   * are read and not yet removed (one entry may always be), or when the disk refuses for now.
   */
  public synchronized QueueEntry read() {
    while (!closed) {
      try {
        QueueEntry entry = readAhead.read();
        if (entry != null) {
          return entry;
        }
        ReadAhead.Out damaged = readAhead.damaged();
        if (damaged == null) {
          return null;
        }
        lose(damaged);
      } catch (Segment.DamagedException | NoSuchFileException e) {
        if (!abandon(readAhead.segment(), e)) {
          return null;
        }
      } catch (IOException e) {
        episode.trouble("cannot read", e);
        return null;
      }
    }
    return null;
  }

  /** Counts an entry whose bytes are not what was written. */
  private void lose(ReadAhead.Out damaged) {
    LOG.warning(
        () ->
            "an entry of "
                + damaged.segment().path()
                + " is damaged: lost "
                + damaged.records()
                + " records");
    entries--;
    records -= damaged.records();
    listener.lost(damaged.records());
    removeOut(0);
  }

  /**
   * Gives up what is unread of a segment that cannot be read on; its file is kept aside.
   *
   * @return false when there is nothing to give up
   */
  private boolean abandon(Segment segment, IOException cause) {
    int lostEntries = readAhead.skipSegment();
    if (lostEntries == 0) {
      episode.trouble("cannot read", cause);
      return false;
    }
    int lostRecords = segment.records() - readAhead.recordsOutOf(segment);
    LOG.warning(
        () ->
            "the queue's segment "
                + segment.path()
                + " cannot be read on ("
                + cause.getMessage()
                + "): lost "
                + lostRecords
                + " records, the file is kept aside");
    segment.abandon(lostEntries, lostRecords);
    entries -= lostEntries;
    records -= lostRecords;
    listener.lost(lostRecords);
    listener.quarantined();
    if (segment.elements() == 0) {
      segments.remove(segment);
    }
    return true;
  }

  /** Removes the oldest {@code count} entries that have been read. */
  public synchronized void remove(int count) {
    if (!closed) {
      removeOut(count);
    }
  }

  /** Removes {@code count} good entries, and the damaged ones before and behind them. */
  private void removeOut(int count) {
    int left = count;
    while (readAhead.oldest() != null && (left > 0 || readAhead.oldest().damaged())) {
      Segment segment = readAhead.oldest().segment();
      int elements = 0;
      int theirRecords = 0;
      long theirBytes = 0;
      for (ReadAhead.Out out = readAhead.oldest();
          out != null && out.segment() == segment && (left > 0 || out.damaged());
          out = readAhead.oldest()) {
        readAhead.removeOldest();
        elements++;
        theirRecords += out.records();
        theirBytes += SegmentLayout.ELEMENT_HEADER_BYTES + out.length();
        if (!out.damaged()) {
          left--;
          entries--;
          records -= out.records();
        }
      }
      removeFrom(segment, elements, theirBytes, theirRecords);
    }
  }

  private void removeFrom(Segment segment, int elements, long theirBytes, int theirRecords) {
    try {
      if (elements == segment.elements()) {
        segments.remove(segment);
        if (segment.delete()) {
          use(-segment.end());
        }
      } else {
        segment.remove(elements, theirBytes, theirRecords);
      }
    } catch (IOException | RuntimeException e) {
      // What is removed here stays removed for this run; after a restart it may be sent again.
      episode.trouble("cannot remove what was sent", e);
    }
  }

  private void use(long more) {
    usedBytes += more;
    bytes = usedBytes;
    budget.add(more);
  }

  /** Records that wait, those being sent included. */
  public long records() {
    return records;
  }

  /** Entries that wait, those being sent included. */
  public long entries() {
    return entries;
  }

  /** Bytes on disk that this queue answers for, quarantined files included. */
  public long bytes() {
    return bytes;
  }

  /** True while the disk refuses: since when nothing could be appended, read or removed. */
  public synchronized boolean isInTrouble() {
    return episode.isUnder();
  }

  /** Frees the files and the folder. What waits stays on disk. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      segments.forEach(Segment::close);
      budget.add(-usedBytes);
      lock.close();
    }
  }
}
