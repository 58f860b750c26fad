package cloud.gardener.logging.queue;

import cloud.gardener.logging.queue.segment.EntryLayout;
import cloud.gardener.logging.queue.segment.SegmentLayout;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Records of one chunk for one target: opaque bytes and their count. Header and payload lie in one
 * array, so that an append is one write and the same array serves the export.
 *
 * <p>Immutable once sealed; nobody may change the array after that.
 */
public final class QueueEntry {
  /** Bytes before the payload: whoever makes an entry leaves room for them. */
  public static final int HEADER_BYTES = EntryLayout.HEADER_BYTES;

  private final byte[] bytes;
  private final int length;

  private QueueEntry(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  /**
   * Makes an entry of {@code bytes}, whose payload begins at {@link #HEADER_BYTES}.
   *
   * @param length bytes of header and payload together
   * @param records in the payload
   * @param enqueuedAtMs milliseconds since 1970
   */
  public static QueueEntry seal(byte[] bytes, int length, int records, long enqueuedAtMs) {
    return seal(EntryLayout.RECORDS, bytes, length, records, enqueuedAtMs);
  }

  static QueueEntry seal(int magic, byte[] bytes, int length, int records, long enqueuedAtMs) {
    EntryLayout.write(magic, bytes, length, records, enqueuedAtMs);
    return new QueueEntry(bytes, length);
  }

  /** An entry as it was read, or null when it is not intact. */
  static QueueEntry parse(byte[] bytes) {
    return EntryLayout.isHeaderOnceMended(bytes, 0)
            && EntryLayout.isPayloadIntact(bytes, bytes.length)
        ? new QueueEntry(bytes, bytes.length)
        : null;
  }

  /** What {@code entries} take on disk at most, for {@link DiskQueue#hasRoom(long)}. */
  public static long diskBytes(List<QueueEntry> entries) {
    long sum = 0;
    for (QueueEntry entry : entries) {
      sum += SegmentLayout.mostDiskBytes(entry.length);
    }
    return sum;
  }

  /** A view of the payload, over the array that the entry holds. */
  public ByteBuffer payload() {
    return ByteBuffer.wrap(bytes, EntryLayout.HEADER_BYTES, payloadBytes()).slice();
  }

  public int payloadBytes() {
    return length - EntryLayout.HEADER_BYTES;
  }

  public int records() {
    return EntryLayout.records(bytes, 0);
  }

  /** When the entry was made, in milliseconds since 1970. */
  public long enqueuedAtMs() {
    return EntryLayout.timeMs(bytes, 0);
  }

  /** Header and payload, over the array that the entry holds. */
  ByteBuffer whole() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  /** Bytes of header and payload. */
  int length() {
    return length;
  }
}
