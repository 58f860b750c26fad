package cloud.gardener.logging.queue.segment;

import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * Finds the entries in a segment's file by their own headers, regardless of the rest of the file. The next entry is
 * expected where the previous one ends; if it is not there, the scan searches behind. Reads stay within the file.
 */
public final class EntryScan {
  /**
   * A piece of the file.
   *
   * @param position where its element begins
   * @param bytes its length, including the element's header
   * @param isEntry whether an entry header was found; otherwise the piece is unreadable
   * @param isCut whether the file ends before the entry does
   * @param records number of records in the entry
   * @param element the length in the element's header
   */
  public record Piece(
      long position, long bytes, boolean isEntry, boolean isTruncated, long records, int element) {
    /** The position of the next piece. */
    public long end() {
      return position + bytes;
    }

    /** Whether the piece can be read as an entry; its payload may still be damaged. */
    public boolean isReadable() {
      return isEntry && !isTruncated;
    }
  }

  private static final int ELEMENT = SegmentLayout.ELEMENT_HEADER_BYTES;
  private static final int HEAD = ELEMENT + EntryLayout.HEADER_BYTES;

  private final FileWindow window;
  private long position = SegmentLayout.HEADER_BYTES;

  public EntryScan(RandomAccessFile file) throws IOException {
    this.window = new FileWindow(file);
  }

  /** The next piece; null at the end of the file. */
  public Piece next() throws IOException {
    if (position + ELEMENT > window.length()) {
      return null;
    }
    Piece piece = entryAt(position, true);
    if (piece == null) {
      long next = nextEntry();
      int at = window.load(position, ELEMENT);
      int element = window.intAt(at);
      piece = new Piece(position, next - position, false, false, 0, element);
    }
    position = piece.end();
    return piece;
  }

  /** The entry whose element begins at {@code start}, or null. */
  private Piece entryAt(long start, boolean repairs) throws IOException {
    int at = window.load(start, HEAD);
    if (at < 0) {
      return null;
    }
    int head = at + ELEMENT;
    boolean found =
        repairs
            ? EntryLayout.repairHeader(window.bytes(), head)
            : EntryLayout.isHeader(window.bytes(), head);
    if (!found) {
      return null;
    }
    long bytes = (long) HEAD + EntryLayout.payloadBytes(window.bytes(), head);
    int records = EntryLayout.records(window.bytes(), head);
    boolean truncated = start + bytes > window.length();
    return new Piece(start, bytes, true, truncated, records, window.intAt(at));
  }

  /**
   * The position of the next entry behind bytes that are not an entry: where their element's length points, else
   * where the next entry header is found, else the end of the file. The element's length comes first, because a
   * payload might look like an entry.
   */
  private long nextEntry() throws IOException {
    int element = window.intAt(window.load(position, ELEMENT));
    long expected = position + ELEMENT + element;
    if (element >= EntryLayout.HEADER_BYTES && entryAt(expected, true) != null) {
      return expected;
    }
    for (long next = position + HEAD; next + HEAD <= window.length(); next++) {
      if (entryAt(next, false) != null) {
        return next;
      }
    }
    return window.length();
  }
}
