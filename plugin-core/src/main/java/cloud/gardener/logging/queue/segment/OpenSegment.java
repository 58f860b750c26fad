package cloud.gardener.logging.queue.segment;

import com.squareup.tape2.QueueFile;
import com.squareup.tape2.QueueFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A segment's file while it is open. Tape adds and removes its elements; they are read around Tape, which
 * reads from the first only and trusts every length. After a failure it must be closed: what Tape believes
 * and what the file holds may differ.
 *
 * <p>Not thread-safe: guarded by the queue's lock.
 */
final class OpenSegment implements Closeable {
  private static final int ELEMENT = SegmentLayout.ELEMENT_HEADER_BYTES;

  private final Path path;
  private final StagedFile file;
  private QueueFile tape;

  private OpenSegment(Path path, StagedFile file, QueueFile tape) {
    this.path = path;
    this.file = file;
    this.tape = tape;
  }

  /**
   * Opens a file.
   *
   * @param header to be written first, or null where the file has its own
   */
  static OpenSegment open(FileAccess files, Path path, SegmentLayout.Header header)
      throws IOException {
    StagedFile file = files.open(path);
    QueueFile tape = null;
    try {
      if (header != null) {
        file.write(header.toBytes());
        file.commit();
      }
      tape = QueueFiles.over(path.toFile(), file);
      return new OpenSegment(path, file, tape);
    } finally {
      if (tape == null) {
        file.close();
      }
    }
  }

  /** Adds an entry, which is not a part of the file before {@link #commit}. */
  void add(ByteBuffer entry) throws IOException {
    tape.add(entry.array(), entry.arrayOffset() + entry.position(), entry.remaining());
  }

  /** Makes a part of the file what was added, and waits for the device where that is asked for. */
  void commit(SegmentFolder folder) throws IOException {
    file.commit();
    folder.force(file);
  }

  /** Removes the oldest elements, but not all. */
  void remove(int count) throws IOException {
    tape.remove(count);
    file.commit();
  }

  /**
   * Empties the file, and gives its space back. Tape would make it shorter for good. The header comes
   * first: each state on the way is that of an empty segment.
   */
  void empty(SegmentLayout.Header empty) throws IOException {
    file.seek(0);
    file.write(empty.toBytes());
    file.commit();
    file.setLength(SegmentLayout.HEADER_BYTES);
    file.setLength(empty.fileLength());
    tape = QueueFiles.over(path.toFile(), file);
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
    file.seek(position);
    file.readFully(head);
    int element = ByteBuffer.wrap(head).getInt();
    int length =
        EntryLayout.isHeaderOnceMended(head, ELEMENT)
            ? EntryLayout.HEADER_BYTES + EntryLayout.payloadBytes(head, ELEMENT)
            : element;
    if (length < EntryLayout.HEADER_BYTES || position + ELEMENT + length > end) {
      throw new DamagedException("an entry of " + length + " bytes at " + position);
    }
    if (length != element && mend) {
      file.seek(position);
      file.write(SegmentLayout.elementHeader(length));
    }
    return length;
  }

  /** Reads the {@code length} bytes of the entry at {@code position}. */
  byte[] read(long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.seek(position + ELEMENT);
    file.readFully(bytes);
    return bytes;
  }

  void setLength(long length) throws IOException {
    file.setLength(length);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // Nothing is buffered here: what was written is with the operating system.
    }
  }
}
