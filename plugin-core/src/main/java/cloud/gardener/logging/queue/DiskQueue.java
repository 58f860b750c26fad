package cloud.gardener.logging.queue;

import cloud.gardener.logging.config.QueueConfig;
import cloud.gardener.logging.queue.segment.DamagedException;
import cloud.gardener.logging.queue.segment.Recovery;
import cloud.gardener.logging.queue.segment.Segment;
import cloud.gardener.logging.queue.segment.SegmentFolder;
import cloud.gardener.logging.queue.segment.SegmentList;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * The disk queue of one target: a folder of numbered segments. Entries are appended to the newest segment, and read
 * and removed from the oldest. A drained segment is deleted; the newest one is emptied instead, and reused until the
 * queue is {@link #deleteEmptyFile idle}. Appended entries stay in memory for their export while the memory bounds allow it. A
 * backend that keeps up therefore costs one write and no read.
 *
 * <p>Guarantees: entries for which {@link #append} returned {@code APPENDED} survive the death of the process at any
 * moment ({@code QueueSync.NORMAL}) or a power loss ({@code FULL}). They are read until they are removed. An empty
 * queue that is idle has no file, neither open nor on disk.
 *
 * <p>Limits: with {@code NORMAL}, a power loss can cost what the operating system had not written. A damaged file
 * costs the damaged entries. After a crash, entries that were removed shortly before may be read again.
 *
 * <p>Thread-safe. No method throws because of a disk failure; none waits for anything but the disk.
 */
public final class DiskQueue implements AutoCloseable {
  /** The reader tries once a second; what cannot be read for this long counts as lost. */
  private static final int MAX_READ_FAILURES = 30;

  private final SegmentFolder folder;
  private final Runnable onClose;
  private final SegmentList segments = new SegmentList();
  private final DiskSpace space;
  private final QueueCounts counts = new QueueCounts();
  private final ReadAhead readAhead;
  private final Appender appender;
  private final Remover remover;
  private final Losses losses;
  private final FaultLog appending;
  private final FaultLog reading;
  private final FaultLog removing;
  private final long recoveredRecords;

  private volatile long oldestMs;
  private int readFailures;
  private boolean closed;

  DiskQueue(
      SegmentFolder folder,
      QueueConfig config,
      DiskBudget disk,
      MemoryBudget memory,
      QueueListener listener,
      Runnable onClose)
      throws IOException {
    this.folder = folder;
    this.onClose = onClose;
    this.appending =
        new FaultLog(
            "append to the queue in " + folder.path(),
            "Fluent Bit keeps what is new until the disk recovers");
    this.reading =
        new FaultLog("read the queue in " + folder.path(), "its records wait until the disk recovers");
    this.removing =
        new FaultLog(
            "remove from the queue in " + folder.path(),
            "records that were sent may be sent again after a restart");

    Recovery recovery = new Recovery(folder);
    recovery.run(segments);
    reportLosses(recovery, listener);
    this.space = new DiskSpace(config.maxBytes(), disk);
    for (Segment segment : segments.all()) {
      counts.add(segment.entries(), segment.records());
      space.adjust(segment.diskBytes());
    }
    space.measureQuarantine(folder);
    this.recoveredRecords = counts.records() + recovery.lostRecords();

    this.readAhead = new ReadAhead(segments, config.maxMemoryRecords(), config.smallBytes(), memory);
    this.appender = new Appender(folder, segments, space, config, recovery.nextNumber());
    this.remover = new Remover(folder, segments, space, readAhead, counts, removing);
    this.losses = new Losses(folder, segments, space, readAhead, counts, listener);
  }

  private static void reportLosses(Recovery recovery, QueueListener listener) {
    if (recovery.lostRecords() > 0) {
      listener.onLoss(recovery.lostRecords());
    }
    for (int i = 0; i < recovery.quarantined(); i++) {
      listener.onQuarantine();
    }
  }

  /** False when the queue or its output reached the limit in bytes on disk. */
  public boolean hasRoom() {
    return hasRoom(1);
  }

  /** Whether {@code bytes} fit, counted as by {@link QueueEntry#diskBytes}. */
  public boolean hasRoom(long bytes) {
    return space.hasRoom(bytes);
  }

  /**
   * Appends all entries or none. They must fit within the bounds. An empty queue accepts them even when they alone
   * exceed the queue's bound.
   */
  public synchronized AppendResult append(List<QueueEntry> entries) {
    if (closed) {
      return AppendResult.FAILED;
    }
    if (entries.isEmpty()) {
      return AppendResult.APPENDED;
    }
    long needed = QueueEntry.diskBytes(entries);
    if (!space.reserve(needed) && !reserveAfterCleanup(needed)) {
      return AppendResult.FULL;
    }
    try {
      Segment segment = appender.append(entries, needed);
      for (QueueEntry entry : entries) {
        counts.add(1, entry.records());
        readAhead.onAppend(segment, entry);
      }
      updateOldest();
      appending.logSuccess();
      return AppendResult.APPENDED;
    } catch (IOException | RuntimeException | AssertionError e) {
      appending.logFailure(e);
      return AppendResult.FAILED;
    }
  }

  /**
   * Makes room first: somebody may have deleted quarantined files, and the disk may now delete files that it
   * refused to delete before.
   */
  private boolean reserveAfterCleanup(long needed) {
    space.adjust(-folder.deleteLeftovers());
    if (space.quarantined() > 0) {
      space.measureQuarantine(folder);
    }
    return space.reserve(needed);
  }

  /**
   * Makes room for {@code bytes}, counted as by {@link QueueEntry#diskBytes}, by dropping the oldest unread entries.
   * Drops whole segments, because only a deleted file frees space, and none when that would not be enough.
   *
   * @return the number of dropped records, which the caller counts
   */
  public synchronized long dropOldest(long bytes) {
    long dropped = closed ? 0 : remover.dropOldest(bytes);
    updateOldest();
    return dropped;
  }

  /**
   * The next unread entry. Null when there is none, when the entries that are read and not yet removed reach the
   * memory bounds (one entry is always allowed), or when the disk refuses for now.
   */
  public QueueEntry read() {
    return read(false);
  }

  /** Like {@link #read()}, but also in excess of the memory bounds. The caller ensures that this is rare. */
  public QueueEntry readPastMemoryLimit() {
    return read(true);
  }

  private synchronized QueueEntry read(boolean pastMemoryLimit) {
    while (!closed) {
      try {
        QueueEntry entry = readAhead.read(pastMemoryLimit);
        ReadAhead.InFlight damaged = readAhead.damaged();
        if (damaged == null) {
          if (entry != null || counts.entries() == 0) {
            readFailures = 0;
            reading.logSuccess();
          }
          updateOldest();
          return entry;
        }
        losses.dropEntry(damaged);
        remover.remove(0);
      } catch (DamagedException | NoSuchFileException e) {
        skipUnreadableSegment(e);
      } catch (IOException e) {
        readFailures++;
        if (readFailures < MAX_READ_FAILURES || !readAhead.current().isOpen()) {
          reading.logFailure(e);
          return null;
        }
        skipUnreadableSegment(e);
      }
    }
    return null;
  }

  private void skipUnreadableSegment(IOException cause) {
    readFailures = 0;
    losses.dropRestOfSegment(cause);
  }

  /** Removes the oldest {@code count} entries that were read. */
  public synchronized void remove(int count) {
    if (!closed) {
      remover.remove(count);
      updateOldest();
    }
  }

  /** The age of an entry that is only on disk is known when it is read; until then it is that of the one before. */
  private void updateOldest() {
    long knownMs = readAhead.oldestMs();
    if (knownMs != 0 || counts.entries() == 0) {
      oldestMs = knownMs;
    }
  }

  /** Whether the queue is empty and holds a file for reuse. */
  public synchronized boolean hasEmptyFile() {
    return !segments.isEmpty() && segments.last().entries() == 0;
  }

  /** Deletes the file that an idle, empty queue holds for reuse. Does nothing otherwise. */
  public synchronized void deleteEmptyFile() {
    remover.deleteEmptyFile();
  }

  /** Number of waiting records, including those in flight. */
  public long records() {
    return counts.records();
  }

  /** Number of waiting entries, including those in flight. */
  public long entries() {
    return counts.entries();
  }

  /** Bytes on disk that count for this queue, including quarantined files. */
  public long bytes() {
    return space.used();
  }

  /** Limit of {@link #bytes}. */
  public long maxBytes() {
    return space.maxBytes();
  }

  /**
   * When the oldest waiting entry was appended, in milliseconds since 1970. 0 when nothing waits, or when the entries
   * of an earlier run are not read yet. Never later than the truth, and exact while the oldest entry is being sent.
   */
  public long oldestMs() {
    return oldestMs;
  }

  /** Number of records that an earlier run left, including those that are too damaged to read. */
  public long recoveredRecords() {
    return recoveredRecords;
  }

  /** True while the disk refuses, from the first failed append, read or removal on. */
  public synchronized boolean isFailing() {
    return appending.isFailing() || reading.isFailing() || removing.isFailing();
  }

  /**
   * Drops and deletes all waiting entries. Quarantined files stay.
   *
   * @return the number of dropped records, which the caller counts
   */
  public synchronized long discard() {
    if (closed) {
      return 0;
    }
    long dropped = counts.records();
    remover.remove(Integer.MAX_VALUE);
    segments.all().forEach(remover::drop);
    close();
    folder.deleteIfEmpty();
    return dropped;
  }

  /** Closes the files and releases the folder. Waiting entries stay on disk. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      remover.deleteEmptyFile();
      segments.all().forEach(Segment::close);
      readAhead.close();
      space.adjust(-space.used());
      onClose.run();
    }
  }
}
