package cloud.gardener.logging.queue.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The file of one segment: its content and its place on disk.
 *
 * <p>Invariant: the queue relies on {@link #header}. After a failure the header in the file may differ. The file is
 * then closed, and the header is written again when the file is opened.
 *
 * <p>Not thread-safe: guarded by the queue's lock. The file is opened on demand.
 */
final class SegmentFile implements Closeable {
  private enum Place {
    /** In the queue. */
    QUEUE,
    /** Quarantined: renamed for a person to examine, and never written again. */
    QUARANTINED,
    /** Deleted, by the queue or by somebody else. */
    GONE
  }

  private final SegmentFolder folder;
  private Path path;
  private Place place = Place.QUEUE;
  private SegmentLayout.Header header;
  private long end;
  private long written;
  private boolean headerUnknown;

  private OpenSegment open; // Null while the file is closed.

  SegmentFile(SegmentFolder folder, Path path, SegmentLayout.Header header, long end) {
    this.folder = folder;
    this.path = path;
    this.header = header;
    this.end = end;
    this.written = end;
  }

  /** Whether {@code bytes} of elements, including their headers, fit. */
  boolean fits(long bytes) {
    return end + bytes <= header.fileLength();
  }

  /**
   * Adds entries that {@link #fits fit}, all or none, and waits for the device when configured.
   *
   * @throws IOException when the disk refuses; the file then accepts no more entries
   */
  void add(List<ByteBuffer> entries) throws IOException {
    SegmentLayout.Header next = header;
    long position = end;
    boolean added = false;
    try {
      OpenSegment file = openFile();
      for (ByteBuffer entry : entries) {
        long length = SegmentLayout.ELEMENT_HEADER_BYTES + entry.remaining();
        written = Math.max(written, position + length);
        file.add(entry);
        next = next.withElement(position);
        position += length;
      }
      file.commit();
      folder.force(file);
      added = true;
    } finally {
      if (added) {
        header = next;
        end = position;
      } else {
        rollBack();
      }
    }
  }

  /**
   * Restores the previous content of the file and seals it. When the disk refuses that too, a restart may bring back
   * the added entries, which repeats records but loses none.
   */
  private void rollBack() {
    close();
    headerUnknown = true;
    if (header.count() == 0) {
      return; // The file will be deleted.
    }
    header = header.withFileLength(end);
    try {
      openFile().setLength(end);
      written = end;
    } catch (IOException | RuntimeException e) {
      close(); // The header is written when the file is opened again.
      headerUnknown = true;
    }
  }

  /**
   * The length of the entry at {@code position}.
   *
   * @throws DamagedException when no entry can lie there
   */
  int lengthAt(long position) throws IOException {
    return openFile().lengthAt(position, end, place == Place.QUEUE);
  }

  void read(long position, byte[] bytes, int length) throws IOException {
    openFile().readEntry(position, bytes, length);
  }

  /**
   * Removes the oldest elements, but not all.
   *
   * @param bytes of these elements, including their headers
   * @throws IOException when the disk refuses; for this run they are removed nevertheless, and after a restart they
   *     are read again unless a later removal succeeds
   */
  void remove(int count, long bytes) throws IOException {
    boolean rewrite = headerUnknown;
    header = header.withoutOldest(count, bytes);
    if (place != Place.QUEUE) {
      return;
    }
    try {
      if (rewrite) {
        close();
        openFile();
      } else {
        openFile().remove(count);
      }
    } catch (NoSuchFileException e) {
      close();
      place = Place.GONE;
    } catch (IOException | RuntimeException | AssertionError e) {
      close();
      headerUnknown = true;
      throw e;
    }
  }

  /** Whether the file may be {@link #empty emptied}. With {@code FULL}, no file is reused. */
  boolean canBeEmptied() {
    return place == Place.QUEUE
        && open != null
        && !folder.isForced()
        && fits(SegmentLayout.ELEMENT_HEADER_BYTES); // A file that was rolled back has no room left.
  }

  /**
   * Removes all elements; the file is then as new and takes no space on disk. With many targets, creating and
   * deleting a file costs the disk more than all that is written to it.
   *
   * @throws IOException when the disk refuses; the file must then be {@link #finish finished}
   */
  void empty() throws IOException {
    SegmentLayout.Header empty = SegmentLayout.Header.empty(header.fileLength());
    openFile().empty(empty);
    header = empty;
    end = SegmentLayout.HEADER_BYTES;
    written = 0;
  }

  /** Forgets the newest elements before the file is quarantined. */
  void dropNewest(int count) {
    header = header.withoutNewest(count);
  }

  /** From now on, the file is kept once it is drained. */
  void markDamaged() throws IOException {
    if (place == Place.QUEUE) {
      path = folder.markDamaged(path);
    }
  }

  /** Quarantines the file at once. Entries that were already read may still be removed. */
  void quarantine() throws IOException {
    if (place == Place.QUEUE) {
      truncateToWritten();
      close();
      try {
        path = folder.quarantine(path);
        place = Place.QUARANTINED;
      } catch (NoSuchFileException e) {
        place = Place.GONE;
      }
    }
  }

  /**
   * Truncates the file: quarantined files count by their length, and this one need not count what was never written.
   */
  private void truncateToWritten() {
    try {
      openFile().setLength(written);
    } catch (IOException | RuntimeException e) {
      // The file then counts for more than it takes.
    }
  }

  /** Ends the file: deletes it, or quarantines it when a part of it is damaged. */
  void finish(boolean damaged) throws IOException {
    if (damaged || SegmentNames.isDamaged(path)) {
      quarantine();
    }
    close();
    if (place == Place.QUEUE) {
      folder.delete(path, diskBytes());
      place = Place.GONE;
    }
  }

  private OpenSegment openFile() throws IOException {
    if (open == null) {
      open = OpenSegment.open(folder.files(), path, headerUnknown ? header : null);
      headerUnknown = false;
    }
    return open;
  }

  /** True when somebody else deleted the file: what is written to it would be lost. */
  boolean hasVanished() {
    return place == Place.GONE || !folder.files().exists(path);
  }

  boolean isOpen() {
    return open != null;
  }

  SegmentLayout.Header header() {
    return header;
  }

  /** The position of the next element. */
  long end() {
    return end;
  }

  /** Bytes on disk; 0 once the file is no longer in the queue. */
  long diskBytes() {
    return place == Place.QUEUE ? SegmentLayout.diskBytes(written) : 0;
  }

  boolean isQuarantined() {
    return place == Place.QUARANTINED;
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    OpenSegment file = open;
    open = null;
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      // Nothing is buffered here: the operating system has all writes.
    }
  }
}
