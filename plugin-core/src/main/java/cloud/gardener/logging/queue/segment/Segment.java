package cloud.gardener.logging.queue.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * One segment of a queue: its {@link SegmentFile}, and what is known of the entries in it.
 *
 * <p>Entries are in it from their append to their removal; those that the reader has taken and that are
 * not removed yet are <i>out</i>.
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
  private boolean over;
  private int out;
  private long recordsOut;

  private Segment(long number, SegmentFile file) {
    this.number = number;
    this.file = file;
  }

  /** Makes an empty segment whose file has {@code length} bytes. */
  public static Segment create(SegmentFolder folder, long number, long length) throws IOException {
    Path path = folder.create(number, length);
    SegmentLayout.Header header = SegmentLayout.Header.empty(length);
    return new Segment(
        number, new SegmentFile(folder, path, header, SegmentLayout.HEADER_BYTES));
  }

  /** A segment of an earlier run. Nothing is added behind what that may have left half written. */
  static Segment recovered(SegmentFolder folder, long number, Path path, SegmentCheck found) {
    Segment segment =
        new Segment(number, new SegmentFile(folder, path, found.header(), found.end()));
    segment.added = found.header().count();
    segment.records = found.records();
    segment.sealed = true;
    return segment;
  }

  /** Whether {@code bytes} of elements, their headers included, may be added. */
  public boolean fits(long bytes) {
    return !sealed && file.fits(bytes);
  }

  /**
   * Adds entries that {@link #fits fit}, all or none.
   *
   * @param theirRecords in all of them
   * @throws IOException when the disk refuses; the segment then takes no more
   */
  public void add(List<ByteBuffer> entries, long theirRecords) throws IOException {
    file.add(entries);
    added += entries.size();
    records += theirRecords;
  }

  public int lengthAt(long position) throws IOException {
    return file.lengthAt(position);
  }

  public byte[] read(long position, int length) throws IOException {
    return file.read(position, length);
  }

  /** The reader has taken an entry. */
  public void took(long itsRecords) {
    out++;
    recordsOut += itsRecords;
  }

  /**
   * Removes the oldest {@code count} entries, which are out. When that were all, the segment is as a new one
   * where it may be used again, and else {@link #isOver over}.
   *
   * @param bytes that they take, their elements' headers included
   * @throws IOException when the disk refuses; for this run they are removed all the same
   */
  public void remove(int count, long bytes, long theirRecords) throws IOException {
    out -= count;
    recordsOut -= theirRecords;
    records -= theirRecords;
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

  /** Ends the segment's file, whatever is in it. */
  public void finish() throws IOException {
    over = true;
    file.finish(damaged);
  }

  /** Whether its file has ended, or would have if the disk had let it. */
  public boolean isOver() {
    return over;
  }

  /** An entry of it is damaged: the file is kept when it is done with. */
  public void markDamaged() {
    damaged = true;
    try {
      file.markDamaged();
    } catch (IOException e) {
      // This run knows it; the next sees the damage again if the entry is still there.
    }
  }

  /**
   * Gives up all entries that are not out, and keeps the file aside.
   *
   * @return the records given up
   */
  public long abandon() {
    long lost = records - recordsOut;
    sealed = true;
    damaged = true;
    try {
      file.setAside();
    } catch (IOException e) {
      // It stays where it is, and the next start looks at it again.
    }
    file.dropNewest(entries() - out);
    records = recordsOut;
    return lost;
  }

  /** Takes no more entries. */
  public void seal() {
    sealed = true;
  }

  public void close() {
    file.close();
  }

  public boolean isAside() {
    return file.isAside();
  }

  public boolean isOpen() {
    return file.isOpen();
  }

  public boolean hasVanished() {
    return file.hasVanished();
  }

  /** Entries in it. */
  public int entries() {
    return file.header().count();
  }

  /** Entries ever added. */
  public int added() {
    return added;
  }

  /** Records in its entries. */
  public long records() {
    return records;
  }

  public int out() {
    return out;
  }

  /** Where the oldest entry lies. */
  public long first() {
    return Math.max(file.header().first(), SegmentLayout.HEADER_BYTES);
  }

  /** Where the next entry will lie. */
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
