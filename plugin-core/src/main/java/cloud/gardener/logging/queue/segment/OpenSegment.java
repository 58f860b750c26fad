package cloud.gardener.logging.queue.segment;

import com.squareup.tape2.QueueFile;
import com.squareup.tape2.QueueFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * An open segment file. Tape adds and removes its elements, and writes the file's header with each element. This
 * class holds the header back until {@link #commit}, so that a single write commits several entries, all or none.
 * Entries are read without Tape, which reads only from the first one and trusts every length. Tape seeks before each
 * read and write, also to where the file is: the file moves only when it must, one system call less each time.
 *
 * <p>After a failure the file must be closed: Tape's state and the file may differ.
 *
 * <p>Not thread-safe: guarded by the queue's lock.
 */
class OpenSegment extends RandomAccessFile {
  private static final int ELEMENT = SegmentLayout.ELEMENT_HEADER_BYTES;

  private static final long UNKNOWN = -1;

  private final Path path;
  private long position; // Of the next read or write.
  private long filePosition; // The operating system's.
  private byte[] stagedHeader;
  private QueueFile tape; // Null until Tape manages the file; Recovery works without it.

  /** Opens the file for reading and writing; writes do not wait for the device. */
  OpenSegment(Path path) throws IOException {
    super(path.toFile(), "rw");
    this.path = path;
  }

  /**
   * Opens the file of a sound segment for Tape.
   *
   * @param header written first; null when the file has its own
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
  public void seek(long to) {
    position = to;
  }

  private void move() throws IOException {
    long before = filePosition;
    filePosition = UNKNOWN; // Until it is known how many bytes were read or written.
    if (before != position) {
      super.seek(position);
    }
  }

  private void moved(int length) {
    position += length;
    filePosition = position;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    move();
    int count = super.read(bytes, offset, length);
    moved(Math.max(count, 0));
    return count;
  }

  @Override
  public void setLength(long length) throws IOException {
    filePosition = UNKNOWN; // It moves to the end when it is behind it.
    super.setLength(length);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (position == 0) { // Only the header is written there.
      stagedHeader = new byte[length];
      System.arraycopy(bytes, offset, stagedHeader, 0, length);
    } else {
      writeNow(bytes, offset, length);
    }
  }

  /** Commits everything that was written. */
  void commit() throws IOException {
    byte[] header = stagedHeader;
    if (header != null) {
      stagedHeader = null;
      seek(0);
      writeNow(header, 0, header.length);
    }
  }

  void writeNow(byte[] bytes, int offset, int length) throws IOException {
    move();
    super.write(bytes, offset, length);
    moved(length);
  }

  /** Adds an entry, which becomes part of the file with {@link #commit}. */
  void add(ByteBuffer entry) throws IOException {
    tape.add(entry.array(), entry.arrayOffset() + entry.position(), entry.remaining());
  }

  /** Removes the oldest elements, but not all. */
  void remove(int count) throws IOException {
    tape.remove(count);
    commit();
  }

  /**
   * Empties the file and frees its space, without Tape, which would shorten the file permanently. The header is
   * written first, so every intermediate state is that of an empty segment.
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
   * The length of the entry at {@code position}, from its own header or, when that is damaged, from the element's.
   *
   * @param end of the elements
   * @param repairs whether to correct the element's length when it is wrong: Tape relies on it
   * @throws DamagedException when no entry can lie there
   */
  int lengthAt(long position, long end, boolean repairs) throws IOException {
    byte[] head = new byte[ELEMENT + EntryLayout.HEADER_BYTES];
    if (position + head.length > end) {
      throw new DamagedException("no entry can lie at " + position);
    }
    seek(position);
    readFully(head);
    int element = ByteBuffer.wrap(head).getInt();
    int length =
        EntryLayout.repairHeader(head, ELEMENT)
            ? EntryLayout.HEADER_BYTES + EntryLayout.payloadBytes(head, ELEMENT)
            : element;
    if (length < EntryLayout.HEADER_BYTES || position + ELEMENT + length > end) {
      throw new DamagedException("an entry of " + length + " bytes at " + position);
    }
    if (length != element && repairs) {
      seek(position);
      write(SegmentLayout.elementHeader(length));
    }
    return length;
  }

  /** Reads the {@code length} bytes of the entry at {@code position} to the beginning of an array. */
  void readEntry(long position, byte[] bytes, int length) throws IOException {
    seek(position + ELEMENT);
    readFully(bytes, 0, length);
  }
}
