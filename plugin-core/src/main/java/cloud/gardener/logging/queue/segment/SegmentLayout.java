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
 * Our segments never wrap or grow: elements lie in a row from byte 32 on, and behind them is nothing but
 * what an append has left half written.
 * The file is sparse: what is not written yet takes no space.
 */
public final class SegmentLayout {
  static final int VERSION = 0x80000001;
  public static final int HEADER_BYTES = 32;
  public static final int ELEMENT_HEADER_BYTES = 4;

  /** What file systems give space out in. */
  private static final int BLOCK_BYTES = 4096;

  private SegmentLayout() {}

  /** What a file takes on disk that is written up to {@code end}. */
  static long diskBytes(long end) {
    return (end + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
  }

  /** What an entry of {@code length} bytes takes on disk at most: it may need a segment of its own. */
  public static long mostDiskBytes(int length) {
    return (long) HEADER_BYTES + ELEMENT_HEADER_BYTES + length + BLOCK_BYTES;
  }

  static byte[] elementHeader(int length) {
    return ByteBuffer.allocate(ELEMENT_HEADER_BYTES).putInt(length).array();
  }

  /** A header as it stands in the file. */
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

    /** With one more element, which lies at {@code position}. */
    Header with(long position) {
      return new Header(version, fileLength, count + 1, count == 0 ? position : first, position);
    }

    /** Without the oldest {@code elements}, but not without all; they take {@code bytes}. */
    Header without(int elements, long bytes) {
      return new Header(version, fileLength, count - elements, first + bytes, last);
    }

    /** Without the newest {@code elements}; where the last of the others lies is not known then. */
    Header withoutNewest(int elements) {
      return new Header(version, fileLength, count - elements, first, first);
    }

    /** Of a file of another length. */
    Header cutTo(long length) {
      return new Header(version, length, count, first, last);
    }

    /** Whether a segment of ours can have it, as far as it says itself. */
    public boolean isPlausible() {
      boolean placed =
          count == 0 ? first == 0 && last == 0 : first >= HEADER_BYTES && last >= first;
      return version == VERSION && fileLength > HEADER_BYTES && count >= 0 && placed;
    }
  }
}
