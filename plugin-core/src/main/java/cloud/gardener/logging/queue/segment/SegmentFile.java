package cloud.gardener.logging.queue.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The file of one segment: what is in it, and where it lies.
 *
 * <p>Invariant: {@link #header} is what the queue goes by. After a failure the one in the file may be
 * another; then the file is closed, and the header is written again when it is opened.
 *
 * <p>Not thread-safe: guarded by the queue's lock. Opened when it is needed.
 */
final class SegmentFile implements Closeable {
  private enum Place {
    /** In the queue. */
    QUEUE,
    /** Renamed, for somebody to look at; nothing is written to it any more. */
    ASIDE,
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

  private OpenSegment open; // Null while it is closed.

  SegmentFile(SegmentFolder folder, Path path, SegmentLayout.Header header, long end) {
    this.folder = folder;
    this.path = path;
    this.header = header;
    this.end = end;
    this.written = end;
  }

  /** Whether {@code bytes} of elements, their headers included, have room in it. */
  boolean fits(long bytes) {
    return end + bytes <= header.fileLength();
  }

  /**
   * Adds entries that {@link #fits fit}, all or none, and waits for the device where that is asked for.
   *
   * @throws IOException when the disk refuses; the file then takes no more
   */
  void add(List<ByteBuffer> entries) throws IOException {
    SegmentLayout.Header next = header;
    long position = end;
    boolean added = false;
    try {
      OpenSegment file = opened();
      for (ByteBuffer entry : entries) {
        long length = SegmentLayout.ELEMENT_HEADER_BYTES + entry.remaining();
        written = Math.max(written, position + length);
        file.add(entry);
        next = next.with(position);
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
   * Makes the file as it was before, and ready for no more. Where the disk refuses even that, a restart
   * may bring back what was added, which repeats records but loses none.
   */
  private void rollBack() {
    close();
    headerUnknown = true;
    if (header.count() == 0) {
      return; // It will be deleted.
    }
    header = header.cutTo(end);
    try {
      opened().setLength(end);
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
    return opened().lengthAt(position, end, place == Place.QUEUE);
  }

  /** Reads the {@code length} bytes of the entry at {@code position}. */
  byte[] read(long position, int length) throws IOException {
    return opened().entryAt(position, length);
  }

  /**
   * Removes the oldest elements, but not all.
   *
   * @param bytes that they take, their headers included
   * @throws IOException when the disk refuses; they are gone for this run all the same, and come again
   *     after a restart unless a later removal succeeds
   */
  void remove(int count, long bytes) throws IOException {
    boolean rewrite = headerUnknown;
    header = header.without(count, bytes);
    if (place != Place.QUEUE) {
      return;
    }
    try {
      if (rewrite) {
        close();
        opened();
      } else {
        opened().remove(count);
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

  /** Whether it may be {@link #empty emptied}. With {@code FULL} nothing is used twice. */
  boolean canBeEmptied() {
    return place == Place.QUEUE
        && open != null
        && !folder.isForced()
        && fits(SegmentLayout.ELEMENT_HEADER_BYTES); // One that was rolled back has no room left.
  }

  /**
   * Removes all elements; the file is as a new one then, and counts for nothing on disk. To make a file
   * and to delete it costs a disk more than all that is written to it where targets are many.
   *
   * @throws IOException when the disk refuses; the file must be {@link #finish finished} then
   */
  void empty() throws IOException {
    SegmentLayout.Header empty = SegmentLayout.Header.empty(header.fileLength());
    opened().empty(empty);
    header = empty;
    end = SegmentLayout.HEADER_BYTES;
    written = 0;
  }

  /** Forgets the newest elements; the file is set aside then. */
  void dropNewest(int count) {
    header = header.withoutNewest(count);
  }

  /** From now on the file is kept when it is done with. */
  void markDamaged() throws IOException {
    if (place == Place.QUEUE) {
      path = folder.markDamaged(path);
    }
  }

  /** Takes the file out of the queue at once; what is read of it already may still be removed. */
  void setAside() throws IOException {
    if (place == Place.QUEUE) {
      cutToEnd();
      close();
      try {
        path = folder.setAside(path);
        place = Place.ASIDE;
      } catch (NoSuchFileException e) {
        place = Place.GONE;
      }
    }
  }

  /** Quarantined files count by their length: this one need not count what was never written. */
  private void cutToEnd() {
    try {
      opened().setLength(written);
    } catch (IOException | RuntimeException e) {
      // It only counts for more than it takes.
    }
  }

  /** Ends the file: deletes it, or keeps it aside where a part of it is damaged. */
  void finish(boolean damaged) throws IOException {
    if (damaged || SegmentNames.isDamaged(path)) {
      setAside();
    }
    close();
    if (place == Place.QUEUE) {
      folder.delete(path, diskBytes());
      place = Place.GONE;
    }
  }

  private OpenSegment opened() throws IOException {
    if (open == null) {
      open = OpenSegment.open(folder.files(), path, headerUnknown ? header : null);
      headerUnknown = false;
    }
    return open;
  }

  /** True when somebody else has deleted the file: what is written to it would be lost. */
  boolean hasVanished() {
    return place == Place.GONE || !folder.files().exists(path);
  }

  boolean isOpen() {
    return open != null;
  }

  SegmentLayout.Header header() {
    return header;
  }

  /** Where the next element will lie. */
  long end() {
    return end;
  }

  /** What it takes on disk; nothing once it is no longer in the queue. */
  long diskBytes() {
    return place == Place.QUEUE ? SegmentLayout.diskBytes(written) : 0;
  }

  boolean isAside() {
    return place == Place.ASIDE;
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
      // Nothing is buffered here: what was written is with the operating system.
    }
  }
}
