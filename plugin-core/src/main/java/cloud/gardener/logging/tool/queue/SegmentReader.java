package cloud.gardener.logging.tool.queue;

import cloud.gardener.logging.queue.segment.EntryScan;
import cloud.gardener.logging.queue.segment.FileWindow;
import cloud.gardener.logging.queue.segment.SegmentCheck;
import cloud.gardener.logging.queue.segment.SegmentLayout;
import cloud.gardener.logging.tool.queue.StoredFiles.StoredFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads the entries of a file, damaged or not, while the plugin may write to it: if the file changes meanwhile, it is
 * read again.
 */
final class SegmentReader {
  private static final int ATTEMPTS = 5;

  /** Whether an entry was sent. */
  enum State {
    WAITS("waits"),
    SENT("was sent"),
    UNKNOWN("whether it was sent is not known");

    private final String words;

    State(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * A piece of a file.
   *
   * @param position where it begins
   * @param bytes its length
   * @param state whether it was sent
   * @param content null for bytes that are no entry
   */
  record Piece(long position, long bytes, State state, StoredEntry content) {
    boolean isIntact() {
      return content != null && content.isIntact();
    }

    /** One line. */
    String describe() {
      return "at " + position + ": "
          + (content == null ? bytes + " bytes are damaged" : state + ", " + content.describe());
    }
  }

  /**
   * The content of a file.
   *
   * @param waiting number of entries that wait; -1 when the file's header is damaged
   */
  record Content(int waiting, List<Piece> pieces) {
    boolean isIntact() {
      return waiting >= 0 && pieces.stream().allMatch(Piece::isIntact);
    }
  }

  private SegmentReader() {}

  /** Reads a file whole: a segment has at most 8 MiB, or one entry. */
  static Content read(StoredFile file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.path().toFile(), "r")) {
      SegmentLayout.Header header = header(bytes);
      for (int i = 1; i < ATTEMPTS; i++) {
        Content content = tryRead(bytes, header, file);
        SegmentLayout.Header current = header(bytes);
        boolean isSame = Objects.equals(current, header);
        if (content != null && (content.isIntact() || isSame)) {
          return content;
        }
        header = current;
      }
      return read(bytes, header, file);
    }
  }

  /** Null when the plugin has made the file shorter meanwhile. */
  private static Content tryRead(RandomAccessFile bytes, SegmentLayout.Header header, StoredFile file)
      throws IOException {
    try {
      return read(bytes, header, file);
    } catch (EOFException e) {
      return null;
    }
  }

  private static SegmentLayout.Header header(RandomAccessFile bytes) throws IOException {
    SegmentLayout.Header header = SegmentCheck.headerOf(bytes);
    return header == null || !header.isPlausible() ? null : header;
  }

  private static Content read(RandomAccessFile bytes, SegmentLayout.Header header, StoredFile file)
      throws IOException {
    List<Piece> pieces = new ArrayList<>();
    EntryScan scan = new EntryScan(bytes);
    for (EntryScan.Piece piece = scan.next(); piece != null; piece = scan.next()) {
      Piece found = piece(bytes, piece, state(piece, header));
      boolean isIgnored = !found.isIntact() && isInUse(piece, header, file);
      if (!isIgnored && (piece.isEntry() || !isZeroed(bytes, piece))) {
        pieces.add(found);
      }
    }
    return new Content(header == null ? -1 : header.count(), pieces);
  }

  /**
   * Whether the plugin may be writing the piece, or erasing it: it writes an entry before the header that names it, and
   * erases one after.
   */
  private static boolean isInUse(EntryScan.Piece piece, SegmentLayout.Header header, StoredFile file) {
    return file.kind() != StoredFiles.Kind.QUARANTINED && header != null && !isWaiting(piece, header);
  }

  private static Piece piece(RandomAccessFile file, EntryScan.Piece piece, State state) throws IOException {
    if (!piece.isReadable()) {
      return new Piece(piece.position(), piece.bytes(), state, null);
    }
    byte[] bytes = new byte[(int) piece.bytes() - SegmentLayout.ELEMENT_HEADER_BYTES];
    file.seek(piece.position() + SegmentLayout.ELEMENT_HEADER_BYTES);
    file.readFully(bytes);
    return new Piece(piece.position(), piece.bytes(), state, StoredEntry.of(bytes));
  }

  private static State state(EntryScan.Piece piece, SegmentLayout.Header header) {
    if (header == null) {
      return State.UNKNOWN;
    }
    return isWaiting(piece, header) ? State.WAITS : State.SENT;
  }

  private static boolean isWaiting(EntryScan.Piece piece, SegmentLayout.Header header) {
    return header.count() > 0
        && piece.position() >= header.first()
        && piece.position() <= header.last();
  }

  /** Whether the piece was never written. */
  private static boolean isZeroed(RandomAccessFile file, EntryScan.Piece piece) throws IOException {
    FileWindow window = new FileWindow(file);
    for (long position = piece.position(); position < piece.end(); position++) {
      if (window.bytes()[window.load(position, 1)] != 0) {
        return false;
      }
    }
    return true;
  }
}
