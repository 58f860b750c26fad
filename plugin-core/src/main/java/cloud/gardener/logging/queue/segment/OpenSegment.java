package cloud.gardener.logging.queue.segment;

import com.squareup.tape2.QueueFile;
import com.squareup.tape2.QueueFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A segment's file while it is open. Tape adds and removes its elements, and writes the file's header with each
 * element; the header is kept back until {@link #commit}, so that several entries become a part of the file with
 * one write, all or none. Entries are read around Tape, which reads from the first only and trusts every length.
 *
 * <p>After a failure it must be closed: what Tape believes and what the file holds may differ.
 *
 * <p>Not thread-safe: guarded by the queue's lock.
 */
class OpenSegment extends RandomAccessFile {
  private static final int ELEMENT = SegmentLayout.ELEMENT_HEADER_BYTES;

  private final Path path;
  private long position;
  private byte[] stagedHeader;
  private QueueFile tape; // Null until Tape works on it: Recovery does without.

  /** Opens the file for reading and writing; writes do not wait for the device. */
  OpenSegment(Path path) throws IOException {
    super(path.toFile(), "rw");
    this.path = path;
  }

  /**
   * Opens the file of a sound segment, and lets Tape work on it.
   *
   * @param header to be written first, or null where the file has its own
   */
  static OpenSegment open(FileAccess files, Path path, SegmentLayout.Header header)
      throws IOException {
    OpenSegment file = files.open(path);
    try {
      if (header != null) {
        file.write(header.toBytes());
        file.commit();
      }
      file.tape = QueueFiles.over(path.toFile(), file);
      return file;
    } finally {
      if (file.tape == null) {
        file.close();
      }
    }
  }

  @Override
  public void seek(long to) throws IOException {
    position = to;
    super.seek(to);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (position == 0) { // Nothing but the header is written there.
      stagedHeader = new byte[length];
      System.arraycopy(bytes, offset, stagedHeader, 0, length);
    } else {
      writeNow(bytes, offset, length);
    }
  }

  /** Makes everything that was written a part of the file. */
  void commit() throws IOException {
    byte[] header = stagedHeader;
    if (header != null) {
      stagedHeader = null;
      super.seek(0);
      writeNow(header, 0, header.length);
    }
  }

  void writeNow(byte[] bytes, int offset, int length) throws IOException {
    super.write(bytes, offset, length);
  }

  /** Adds an entry, which is not a part of the file before {@link #commit}. */
  void add(ByteBuffer entry) throws IOException {
    tape.add(entry.array(), entry.arrayOffset() + entry.position(), entry.remaining());
  }

  /** Removes the oldest elements, but not all. */
  void remove(int count) throws IOException {
    tape.remove(count);
    commit();
  }

  /**
   * Empties the file, and gives its space back. Tape would make it shorter for good. The header comes
   * first: each state on the way is that of an empty segment.
   */
  void empty(SegmentLayout.Header empty) throws IOException {
    seek(0);
    write(empty.toBytes());
    commit();
    setLength(SegmentLayout.HEADER_BYTES);
    setLength(empty.fileLength());
    tape = QueueFiles.over(path.toFile(), this);
  }

  /**
   * The length of the entry at {@code position}, as its own header says or, where that is damaged, as
   * the element.
   *
   * @param end of the elements
   * @param mend whether to write the element's length anew where it is wrong: Tape goes by it
   * @throws DamagedException when no entry can lie there
   */
  int lengthAt(long position, long end, boolean mend) throws IOException {
    byte[] head = new byte[ELEMENT + EntryLayout.HEADER_BYTES];
    if (position + head.length > end) {
      throw new DamagedException("no entry can lie at " + position);
    }
    seek(position);
    readFully(head);
    int element = ByteBuffer.wrap(head).getInt();
    int length =
        EntryLayout.isHeaderOnceMended(head, ELEMENT)
            ? EntryLayout.HEADER_BYTES + EntryLayout.payloadBytes(head, ELEMENT)
            : element;
    if (length < EntryLayout.HEADER_BYTES || position + ELEMENT + length > end) {
      throw new DamagedException("an entry of " + length + " bytes at " + position);
    }
    if (length != element && mend) {
      seek(position);
      write(SegmentLayout.elementHeader(length));
    }
    return length;
  }

  /** Reads the {@code length} bytes of the entry at {@code position}. */
  byte[] entryAt(long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    seek(position + ELEMENT);
    readFully(bytes);
    return bytes;
  }
}
