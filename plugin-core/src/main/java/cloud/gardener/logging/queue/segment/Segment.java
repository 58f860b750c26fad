package cloud.gardener.logging.queue.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * One segment of a queue: its {@link SegmentFile}, and the state of the entries in it.
 *
 * <p>An entry is in the segment from its append to its removal. Entries that are read and not yet removed are
 * <i>in flight</i>.
 *
 * <p>Not thread-safe: guarded by the queue's lock.
 */
public final class Segment {
  private final long number;
  private final SegmentFile file;

  private int added;
  private long records;
  private boolean sealed;
  private boolean damaged;
  private boolean ended;
  private int inFlight;
  private long recordsInFlight;

  private Segment(long number, SegmentFile file) {
    this.number = number;
    this.file = file;
  }

  /** Creates an empty segment whose file has {@code length} bytes. */
  public static Segment create(SegmentFolder folder, long number, long length) throws IOException {
    Path path = folder.create(number, length);
    SegmentLayout.Header header = SegmentLayout.Header.empty(length);
    return new Segment(
        number, new SegmentFile(folder, path, header, SegmentLayout.HEADER_BYTES));
  }

  /** A segment of an earlier run. It accepts no entries: an unfinished write may follow the last one. */
  static Segment recovered(SegmentFolder folder, long number, Path path, SegmentCheck found) {
    Segment segment =
        new Segment(number, new SegmentFile(folder, path, found.header(), found.end()));
    segment.added = found.header().count();
    segment.records = found.records();
    segment.sealed = true;
    return segment;
  }

  /** Whether {@code bytes} of elements, including their headers, may be added. */
  public boolean fits(long bytes) {
    return !sealed && file.fits(bytes);
  }

  /**
   * Adds entries that {@link #fits fit}, all or none.
   *
   * @param addedRecords number of records in all of them
   * @throws IOException when the disk refuses; the segment then accepts no more entries
   */
  public void add(List<ByteBuffer> entries, long addedRecords) throws IOException {
    file.add(entries);
    added += entries.size();
    records += addedRecords;
  }

  public int lengthAt(long position) throws IOException {
    return file.lengthAt(position);
  }

  /** Reads the {@code length} bytes of the entry at {@code position} to the beginning of an array. */
  public void read(long position, byte[] bytes, int length) throws IOException {
    file.read(position, bytes, length);
  }

  /** The reader has read an entry. */
  public void markInFlight(long entryRecords) {
    inFlight++;
    recordsInFlight += entryRecords;
  }

  /**
   * Removes the oldest {@code count} entries, which are in flight. When no entry is left, the segment is as new if it
   * may be reused, and {@link #hasEnded over} otherwise.
   *
   * @param bytes of these entries, including their elements' headers
   * @throws IOException when the disk refuses; for this run they are removed nevertheless
   */
  public void remove(int count, long bytes, long removedRecords) throws IOException {
    inFlight -= count;
    recordsInFlight -= removedRecords;
    records -= removedRecords;
    if (count < entries()) {
      file.remove(count, bytes);
    } else if (!sealed && !damaged && file.canBeEmptied()) {
      added = 0;
      empty();
    } else {
      finish();
    }
  }

  private void empty() throws IOException {
    try {
      file.empty();
    } catch (IOException | RuntimeException | AssertionError e) {
      sealed = true;
      finish();
      throw e;
    }
  }

  /** Ends the segment's file, whatever it contains. */
  public void finish() throws IOException {
    ended = true;
    file.finish(damaged);
  }

  /** Whether its file has ended, or the disk refused to end it. */
  public boolean hasEnded() {
    return ended;
  }

  /** An entry of the segment is damaged: the file is kept once it is drained. */
  public void markDamaged() {
    damaged = true;
    try {
      file.markDamaged();
    } catch (IOException e) {
      // This run knows of the damage; the next one finds it again if the entry is still there.
    }
  }

  /**
   * Drops all entries that are not in flight, and quarantines the file.
   *
   * @return the number of dropped records
   */
  public long dropUnread() {
    long lost = records - recordsInFlight;
    sealed = true;
    damaged = true;
    try {
      file.quarantine();
    } catch (IOException e) {
      // The file stays where it is, and the next start examines it again.
    }
    file.dropNewest(entries() - inFlight);
    records = recordsInFlight;
    return lost;
  }

  /** Accepts no more entries. */
  public void seal() {
    sealed = true;
  }

  public void close() {
    file.close();
  }

  public boolean isQuarantined() {
    return file.isQuarantined();
  }

  public boolean isOpen() {
    return file.isOpen();
  }

  public boolean hasVanished() {
    return file.hasVanished();
  }

  /** Number of entries in the segment. */
  public int entries() {
    return file.header().count();
  }

  /** Number of entries that were ever added. */
  public int added() {
    return added;
  }

  /** Number of records in the segment. */
  public long records() {
    return records;
  }

  public int inFlight() {
    return inFlight;
  }

  /** The position of the oldest entry. */
  public long first() {
    return Math.max(file.header().first(), SegmentLayout.HEADER_BYTES);
  }

  /** The position of the next entry. */
  public long end() {
    return file.end();
  }

  public long diskBytes() {
    return file.diskBytes();
  }

  long number() {
    return number;
  }

  public Path path() {
    return file.path();
  }
}
