package cloud.gardener.logging.migration;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The items of one file of the Go plugin's queue (dque). The file is only appended to:
 *
 * <pre>
 *   length u32, little-endian; a gob of that length      an item was added
 *   0 u32                                                the oldest item was removed
 * </pre>
 *
 * <p>Each file contains the removals of its own items. A first pass counts them, a second pass reads the remaining
 * items. The file is read up to the first damage: after a wrong length, no further item can be found. Removals just
 * before the damage do not count when they exceed the items, as after a power loss that left zeros: records may then
 * be sent twice, but none is lost.
 *
 * <p>Not thread-safe. Holds one item in memory.
 */
final class GoSegment implements Closeable {
  /** The largest item that is read: a chunk of Fluent Bit has 2 MB, and JSON escapes some characters. */
  static final int MAX_ITEM_BYTES = 4 << 20;

  private static final int LENGTH_BYTES = 4;
  private static final int BUFFER_BYTES = 64 << 10;

  private final Path file;
  private final long size;
  private long end;
  private long items;
  private long removed;
  private String damage;
  private DataInputStream in;
  private long position;

  private GoSegment(Path file) throws IOException {
    this.file = file;
    this.size = Files.size(file);
  }

  /**
   * Opens a file and counts its items.
   *
   * @throws UnreadableException when it is no regular file
   * @throws IOException when the disk refuses
   */
  static GoSegment open(Path file) throws IOException, UnreadableException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UnreadableException("it is not a regular file");
    }
    GoSegment segment = new GoSegment(file);
    segment.restart();
    boolean counted = false;
    try {
      segment.countItems();
      segment.restart();
      for (long i = 0; i < segment.removed; i++) {
        segment.skipOldest();
      }
      counted = true;
    } finally {
      if (!counted) {
        segment.close();
      }
    }
    return segment;
  }

  private void restart() throws IOException {
    close();
    InputStream bytes = Files.newInputStream(file);
    in = new DataInputStream(new BufferedInputStream(bytes, BUFFER_BYTES));
    position = 0;
  }

  private void countItems() throws IOException {
    long beforeRemovals = 0;
    boolean removing = false;
    while (position < size) {
      end = position;
      if (size - position < LENGTH_BYTES) {
        damage = "it is cut at byte " + position;
        return;
      }
      long length = readLength();
      if (length == 0) {
        beforeRemovals = removing ? beforeRemovals : removed;
        removing = true;
        removed++;
        if (removed > items) {
          removed = beforeRemovals;
          damage = "it removes more than it holds at byte " + end;
          return;
        }
      } else if (length > size - position) {
        damage = "it is cut or damaged at byte " + end;
        return;
      } else {
        removing = false;
        items++;
        skip(length);
      }
    }
    end = size;
  }

  private long readLength() throws IOException {
    position += LENGTH_BYTES;
    return Integer.reverseBytes(in.readInt()) & 0xffffffffL;
  }

  private void skip(long bytes) throws IOException {
    in.skipNBytes(bytes);
    position += bytes;
  }

  private void skipOldest() throws IOException {
    skip(nextItemLength());
  }

  /** Goes to the next item, behind removals; 0 when there is none. */
  private long nextItemLength() throws IOException {
    while (position < end) {
      long length = readLength();
      if (length > 0) {
        return length;
      }
    }
    return 0;
  }

  /** The bytes of the next item; null behind the last one. An unreadable one may be followed by others. */
  ByteBuffer next() throws IOException, UnreadableException {
    long start = position;
    long length = nextItemLength();
    if (length == 0) {
      return null;
    }
    if (length > MAX_ITEM_BYTES) {
      skip(length);
      throw new UnreadableException("an item of " + length + " bytes near byte " + start + " is too large");
    }
    byte[] item = new byte[(int) length];
    try {
      in.readFully(item);
    } catch (EOFException e) {
      position = end;
      throw new UnreadableException("the file became shorter");
    }
    position += length;
    ByteBuffer gob = ByteBuffer.wrap(item);
    try {
      GoGob.seekValue(gob);
    } catch (UnreadableException e) {
      throw new UnreadableException("the item that ends at byte " + position + ": " + e.getMessage());
    }
    return gob;
  }

  /** Why the file cannot be read up to its end; null when it can. */
  String damage() {
    return damage;
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
    }
  }
}
