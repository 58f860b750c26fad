package cloud.gardener.logging.queue;

import cloud.gardener.logging.queue.segment.EntryLayout;
import cloud.gardener.logging.queue.segment.SegmentLayout;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Records of one chunk for one target: opaque bytes and their count. Header and payload share one array, so an
 * append is one write, and the same array serves the export.
 *
 * <p>Immutable once sealed; nobody may change the array after that.
 */
public final class QueueEntry {
  /** Bytes before the payload: the creator of an entry must leave room for them. */
  public static final int HEADER_BYTES = EntryLayout.HEADER_BYTES;

  private final byte[] bytes;
  private final int length;

  private QueueEntry(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  /**
   * Creates an entry of {@code bytes}, whose payload begins at {@link #HEADER_BYTES}.
   *
   * @param length bytes of header and payload together
   * @param records number of records in the payload
   * @param enqueuedAtMs milliseconds since 1970
   */
  public static QueueEntry seal(byte[] bytes, int length, int records, long enqueuedAtMs) {
    return seal(EntryLayout.RECORDS, bytes, length, records, enqueuedAtMs);
  }

  static QueueEntry seal(int magic, byte[] bytes, int length, int records, long enqueuedAtMs) {
    EntryLayout.write(magic, bytes, length, records, enqueuedAtMs);
    return new QueueEntry(bytes, length);
  }

  /** Parses an entry; null when it is not intact. */
  static QueueEntry parse(byte[] bytes) {
    return EntryLayout.repairHeader(bytes, 0)
            && EntryLayout.isPayloadIntact(bytes, bytes.length)
        ? new QueueEntry(bytes, bytes.length)
        : null;
  }

  /** Upper bound of the bytes that {@code entries} take on disk, for {@link DiskQueue#hasRoom(long)}. */
  public static long diskBytes(List<QueueEntry> entries) {
    long sum = 0;
    for (QueueEntry entry : entries) {
      sum += SegmentLayout.maxDiskBytes(entry.length);
    }
    return sum;
  }

  /** A view of the payload, backed by the entry's array. */
  public ByteBuffer payload() {
    return ByteBuffer.wrap(bytes, EntryLayout.HEADER_BYTES, payloadBytes()).slice();
  }

  public int payloadBytes() {
    return length - EntryLayout.HEADER_BYTES;
  }

  public int records() {
    return EntryLayout.records(bytes, 0);
  }

  /** Creation time in milliseconds since 1970. */
  public long enqueuedAtMs() {
    return EntryLayout.timeMs(bytes, 0);
  }

  /** Header and payload, backed by the entry's array. */
  ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  /** Bytes of header and payload. */
  int length() {
    return length;
  }
}
