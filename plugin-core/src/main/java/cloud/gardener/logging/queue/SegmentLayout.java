package cloud.gardener.logging.queue;

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
 * Our segments never wrap, grow or shrink: elements lie in a row, the file keeps the length that it
 * was made with, and no bytes are ever used twice.
 */
final class SegmentLayout {
  static final int VERSION = 0x80000001;
  static final int HEADER_BYTES = 32;
  static final int ELEMENT_HEADER_BYTES = 4;

  private SegmentLayout() {}

  /** A header as it stands in the file. */
  record Header(int version, long fileLength, int count, long first, long last) {
    static Header parse(byte[] bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new Header(
          buffer.getInt(), buffer.getLong(), buffer.getInt(), buffer.getLong(), buffer.getLong());
    }

    byte[] toBytes() {
      return ByteBuffer.allocate(HEADER_BYTES)
          .putInt(version)
          .putLong(fileLength)
          .putInt(count)
          .putLong(first)
          .putLong(last)
          .array();
    }

    static Header empty(long fileLength) {
      return new Header(VERSION, fileLength, 0, 0, 0);
    }
  }
}
