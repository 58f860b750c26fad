package cloud.gardener.logging.queue.segment;

import java.nio.ByteBuffer;

/**
 * The bytes of a segment: the format of Tape's QueueFile, version 1, big-endian.
 *
 * <pre>
 *  0          4          12        16         24         32
 *  +----------+----------+---------+----------+----------+---------~---------~------+
 *  | version  | file     | element | first    | last     | element | element | free |
 *  |80000001  | length   | count   | position | position |         |         |      |
 *  +----------+----------+---------+----------+----------+---------~---------~------+
 *  element: 4 bytes length, then a queue entry ({@link EntryLayout})
 * </pre>
 *
 * <p>The queue's segments never wrap or grow: consecutive elements start at byte 32, and only the remains of an
 * unfinished append can follow them. The file is sparse: unwritten ranges take no space.
 */
public final class SegmentLayout {
  static final int VERSION = 0x80000001;
  public static final int HEADER_BYTES = 32;
  public static final int ELEMENT_HEADER_BYTES = 4;

  /** The unit in which file systems allocate space. */
  private static final int BLOCK_BYTES = 4096;

  private SegmentLayout() {}

  /** The bytes on disk of a file that is written up to {@code end}. */
  static long diskBytes(long end) {
    return (end + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
  }

  /** Upper bound of the bytes on disk of an entry of {@code length} bytes: it may need its own segment. */
  public static long maxDiskBytes(int length) {
    return (long) HEADER_BYTES + ELEMENT_HEADER_BYTES + length + BLOCK_BYTES;
  }

  static byte[] elementHeader(int length) {
    return ByteBuffer.allocate(ELEMENT_HEADER_BYTES).putInt(length).array();
  }

  /** A header as stored in the file. */
  public record Header(int version, long fileLength, int count, long first, long last) {
    static Header parse(byte[] bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new Header(
          buffer.getInt(), buffer.getLong(), buffer.getInt(), buffer.getLong(), buffer.getLong());
    }

    public static Header empty(long fileLength) {
      return new Header(VERSION, fileLength, 0, 0, 0);
    }

    public byte[] toBytes() {
      return ByteBuffer.allocate(HEADER_BYTES)
          .putInt(version)
          .putLong(fileLength)
          .putInt(count)
          .putLong(first)
          .putLong(last)
          .array();
    }

    /** The header with one more element, at {@code position}. */
    Header withElement(long position) {
      return new Header(version, fileLength, count + 1, count == 0 ? position : first, position);
    }

    /** The header without the oldest {@code elements}, which take {@code bytes}. At least one element must be left. */
    Header withoutOldest(int elements, long bytes) {
      return new Header(version, fileLength, count - elements, first + bytes, last);
    }

    /** The header without the newest {@code elements}. The position of the last remaining one is then unknown. */
    Header withoutNewest(int elements) {
      return new Header(version, fileLength, count - elements, first, first);
    }

    /** The header of a file of another length. */
    Header withFileLength(long length) {
      return new Header(version, length, count, first, last);
    }

    /** Whether the fields are consistent with those of a segment of this queue. */
    public boolean isPlausible() {
      boolean placed =
          count == 0 ? first == 0 && last == 0 : first >= HEADER_BYTES && last >= first;
      return version == VERSION && fileLength > HEADER_BYTES && count >= 0 && placed;
    }
  }
}
