package cloud.gardener.logging.queue;

import cloud.gardener.logging.queue.segment.EntryLayout;
import cloud.gardener.logging.queue.segment.SegmentLayout;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Records of one chunk for one target: opaque bytes and their count. Header and payload share one array, so an
 * append is one write, and the same array serves the export.
 *
 * <p>Immutable from {@link #seal} to {@link #release}; nobody may change the array meanwhile. The last user may
 * release the array for other entries, and need not: an entry that is only forgotten costs the collector's work.
 */
public final class QueueEntry {
  /** Bytes before the payload: the creator of an entry must leave room for them. */
  public static final int HEADER_BYTES = EntryLayout.HEADER_BYTES;

  private byte[] bytes; // Null once it is released.
  private final int length;
  private boolean onDiskAlone;

  private QueueEntry(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  /**
   * An array for {@link #seal}, of {@code length} bytes or more. Its content is arbitrary.
   *
   * @param length bytes of header and payload together
   */
  public static byte[] newArray(int length) {
    return EntryArrays.SHARED.take(length);
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

  /** Parses an entry of {@code length} bytes; null when it is not intact. */
  static QueueEntry parse(byte[] bytes, int length) {
    return EntryLayout.repairHeader(bytes, 0) && EntryLayout.isPayloadIntact(bytes, length)
        ? new QueueEntry(bytes, length)
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

  /** The entry was appended, and the queue will read it from the disk. */
  void setOnDiskAlone() {
    onDiskAlone = true;
  }

  /** Whether the queue has the entry on disk and does not use this object. */
  public boolean isOnDiskAlone() {
    return onDiskAlone;
  }

  /**
   * Gives the array to entries to come. The caller ensures that nobody reads the entry any more, nor a view of it: who
   * did would read the records of another target. The entry cannot be used afterwards.
   */
  public void release() {
    byte[] array = bytes;
    bytes = null;
    if (array != null) {
      EntryArrays.SHARED.give(array);
    }
  }
}
