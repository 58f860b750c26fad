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
 * The disk queue of one target: a folder of numbered segments, appended to at the last, read and
 * removed from the first, deleted when drained. The last one is emptied instead, and used again until the
 * queue {@link #rest rests}. What is appended stays in memory for its export while
 * there is room for it, so that a backend that keeps up costs one write and no read.
 *
 * <p>Guarantees: what {@link #append} has answered with {@code APPENDED} survives the death of the
 * process at any moment ({@code QueueSync.NORMAL}) or the loss of power ({@code FULL}), and is read until
 * it is removed. An empty queue that rests holds no open file, and none on disk. Limits: with {@code NORMAL} a loss
 * of power can cost what the operating system had not written; a damaged file costs the entries that are
 * damaged; after a crash, entries that were removed shortly before may come again.
 *
 * <p>Thread-safe. No method throws for what a disk may do; none waits for anything but the disk.
 */
public final class DiskQueue implements AutoCloseable {
  /** A reader tries each second: what cannot be read for this long will not be. */
  private static final int MAX_READ_FAILURES = 30;

  private final SegmentFolder folder;
  private final Runnable whenClosed;
  private final SegmentList segments = new SegmentList();
  private final DiskSpace space;
  private final Stock stock = new Stock();
  private final ReadAhead readAhead;
  private final Appender appender;
  private final Remover remover;
  private final Losses losses;
  private final Episode appending;
  private final Episode reading;
  private final Episode removing;
  private final long recovered;

  private int readFailures;
  private boolean closed;

  DiskQueue(
      SegmentFolder folder,
      QueueConfig config,
      DiskBudget disk,
      MemoryBudget memory,
      QueueListener listener,
      Runnable whenClosed)
      throws IOException {
    this.folder = folder;
    this.whenClosed = whenClosed;
    this.appending =
        new Episode(
            "append to the queue in " + folder.path(),
            "Fluent Bit keeps what is new until the disk recovers");
    this.reading =
        new Episode("read the queue in " + folder.path(), "its records wait until the disk recovers");
    this.removing =
        new Episode(
            "remove from the queue in " + folder.path(),
            "records that were sent may be sent again after a restart");

    Recovery recovery = new Recovery(folder);
    recovery.run(segments);
    tell(recovery, listener);
    this.space = new DiskSpace(config.maxBytes(), disk);
    for (Segment segment : segments.all()) {
      stock.add(segment.entries(), segment.records());
      space.use(segment.diskBytes());
    }
    space.measureQuarantine(folder);
    this.recovered = stock.records() + recovery.lostRecords();

    this.readAhead = new ReadAhead(segments, config.maxMemoryRecords(), memory);
    this.appender = new Appender(folder, segments, space, config, recovery.nextNumber());
    this.remover = new Remover(folder, segments, space, readAhead, stock, removing);
    this.losses = new Losses(folder, segments, space, readAhead, stock, listener);
  }

  private static void tell(Recovery recovery, QueueListener listener) {
    if (recovery.lostRecords() > 0) {
      listener.lost(recovery.lostRecords());
    }
    for (int i = 0; i < recovery.quarantined(); i++) {
      listener.quarantined();
    }
  }

  /** False when the queue, or its output, has reached its bytes on disk. */
  public boolean hasRoom() {
    return hasRoom(1);
  }

  /** Whether {@code bytes} more fit, as {@link QueueEntry#diskBytes} counts them. */
  public boolean hasRoom(long bytes) {
    return space.hasRoom(bytes);
  }

  /**
   * Appends all entries or none. They are taken when they fit below the bounds, and by an empty queue
   * also when they alone are more than the queue's bound.
   */
  public synchronized AppendResult append(List<QueueEntry> entries) {
    if (closed) {
      return AppendResult.FAILED;
    }
    if (entries.isEmpty()) {
      return AppendResult.APPENDED;
    }
    long needed = QueueEntry.diskBytes(entries);
    if (!space.reserve(needed) && !reserveOnceTidied(needed)) {
      return AppendResult.FULL;
    }
    try {
      Segment place = appender.append(entries, needed);
      for (QueueEntry entry : entries) {
        stock.add(1, entry.records());
        readAhead.appended(place, entry);
      }
      appending.success();
      return AppendResult.APPENDED;
    } catch (IOException | RuntimeException | AssertionError e) {
      appending.trouble(e);
      return AppendResult.FAILED;
    }
  }

  /** Somebody may have deleted quarantined files meanwhile, and the disk may let us delete ours. */
  private boolean reserveOnceTidied(long needed) {
    space.use(-folder.deleteLeftovers());
    if (space.quarantined() > 0) {
      space.measureQuarantine(folder);
    }
    return space.reserve(needed);
  }

  /**
   * Makes room for {@code bytes}, as {@link QueueEntry#diskBytes} counts them, by giving up the oldest
   * entries that have not been read: in whole segments, because only a deleted file gives space back,
   * and none when that would not be enough.
   *
   * @return the records given up, which the caller counts
   */
  public synchronized long dropOldest(long bytes) {
    return closed ? 0 : remover.dropOldest(bytes);
  }

  /**
   * The next entry that has not been read, or null: when there is none, when as much as may be in memory
   * is read and not yet removed (one entry may always be), or when the disk refuses for now.
   */
  public QueueEntry read() {
    return read(false);
  }

  /** The same, also when as much as may be in memory is: the caller sees to it that this stays rare. */
  public QueueEntry readBeyond() {
    return read(true);
  }

  private synchronized QueueEntry read(boolean beyond) {
    while (!closed) {
      try {
        QueueEntry entry = readAhead.read(beyond);
        ReadAhead.Out damaged = readAhead.damaged();
        if (damaged == null) {
          if (entry != null || stock.entries() == 0) {
            readFailures = 0;
            reading.success();
          }
          return entry;
        }
        losses.entry(damaged);
        remover.remove(0);
      } catch (DamagedException | NoSuchFileException e) {
        giveUpSegment(e);
      } catch (IOException e) {
        readFailures++;
        if (readFailures < MAX_READ_FAILURES || !readAhead.current().isOpen()) {
          reading.trouble(e);
          return null;
        }
        giveUpSegment(e);
      }
    }
    return null;
  }

  private void giveUpSegment(IOException cause) {
    readFailures = 0;
    losses.rest(cause);
  }

  /** Removes the oldest {@code count} entries that have been read. */
  public synchronized void remove(int count) {
    if (!closed) {
      remover.remove(count);
    }
  }

  /** Whether the queue is empty and holds a file to be used again. */
  public synchronized boolean holdsEmptyFile() {
    return !segments.isEmpty() && segments.last().entries() == 0;
  }

  /** Deletes the file that an empty queue holds: nothing has come for a while. Else does nothing. */
  public synchronized void rest() {
    remover.dropEmpty();
  }

  /** Records that wait, those being sent included. */
  public long records() {
    return stock.records();
  }

  /** Entries that wait, those being sent included. */
  public long entries() {
    return stock.entries();
  }

  /** Bytes on disk that this queue answers for, quarantined files included. */
  public long bytes() {
    return space.used();
  }

  /** Records that an earlier run left; what of them is damaged beyond reading is counted with them. */
  public long recovered() {
    return recovered;
  }

  /** True while the disk refuses: since when nothing could be appended, read or removed. */
  public synchronized boolean isInTrouble() {
    return appending.isUnder() || reading.isUnder() || removing.isUnder();
  }

  /**
   * Gives up everything that waits, and deletes it. Quarantined files stay.
   *
   * @return the records given up, which the caller counts
   */
  public synchronized long discard() {
    if (closed) {
      return 0;
    }
    long given = stock.records();
    remover.remove(Integer.MAX_VALUE);
    segments.all().forEach(remover::drop);
    close();
    folder.deleteIfEmpty();
    return given;
  }

  /** Frees the files and the folder. What waits stays on disk. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      remover.dropEmpty();
      segments.all().forEach(Segment::close);
      readAhead.close();
      space.use(-space.used());
      whenClosed.run();
    }
  }
}
