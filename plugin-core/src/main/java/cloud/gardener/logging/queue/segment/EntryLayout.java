package cloud.gardener.logging.queue.segment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The bytes of a queue entry, big-endian.
 *
 * <pre>
 *  0        4        8                16        20        24       28
 *  +--------+--------+----------------+---------+---------+--------+-----------~
 *  | "GQE", | record | enqueue time,  | payload | payload | header | payload
 *  | kind   | count  | ms since 1970  | length  | CRC32C  | CRC32C |
 *  +--------+--------+----------------+---------+---------+--------+-----------~
 * </pre>
 *
 * <p>The header has its own checksum, over the 24 bytes before it. So the record count of a damaged payload is still
 * known, an entry can be found in a file whose other structure is lost, and a single flipped bit of the header can
 * be detected and corrected.
 */
public final class EntryLayout {
  /** Bytes before the payload. */
  public static final int HEADER_BYTES = 28;

  /** "GQE" and kind 1: the payload is what the caller appended. */
  public static final int RECORDS = 0x47514501;

  /** "GQE" and kind 2: the payload begins with the fields of a {@code DeadLetter}. */
  public static final int DEAD_LETTER = 0x47514502;

  private static final int MAGIC_OFFSET = 0;
  private static final int RECORDS_OFFSET = 4;
  private static final int TIME_OFFSET = 8;
  private static final int LENGTH_OFFSET = 16;
  private static final int PAYLOAD_CRC_OFFSET = 20;
  private static final int HEADER_CRC_OFFSET = 24;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private EntryLayout() {}

  public static void write(int magic, byte[] bytes, int length, int records, long timeMs) {
    INT.set(bytes, MAGIC_OFFSET, magic);
    INT.set(bytes, RECORDS_OFFSET, records);
    LONG.set(bytes, TIME_OFFSET, timeMs);
    INT.set(bytes, LENGTH_OFFSET, length - HEADER_BYTES);
    INT.set(bytes, PAYLOAD_CRC_OFFSET, checksum(bytes, HEADER_BYTES, length - HEADER_BYTES));
    INT.set(bytes, HEADER_CRC_OFFSET, checksum(bytes, 0, HEADER_CRC_OFFSET));
  }

  /** Whether a valid entry header lies at {@code offset}. */
  public static boolean isHeader(byte[] bytes, int offset) {
    int magic = magic(bytes, offset);
    return (magic == RECORDS || magic == DEAD_LETTER)
        && records(bytes, offset) >= 0
        && payloadBytes(bytes, offset) >= 0
        && (int) INT.get(bytes, offset + HEADER_CRC_OFFSET)
            == checksum(bytes, offset, HEADER_CRC_OFFSET);
  }

  /**
   * Like {@link #isHeader}, but corrects a single flipped bit when nothing else is wrong: CRC32C distinguishes any
   * two headers of this length that differ in so few bits.
   */
  public static boolean repairHeader(byte[] bytes, int offset) {
    if (isHeader(bytes, offset)) {
      return true;
    }
    for (int bit = 0; bit < HEADER_BYTES * Byte.SIZE; bit++) {
      int index = offset + bit / Byte.SIZE;
      byte mask = (byte) (1 << bit % Byte.SIZE);
      bytes[index] ^= mask;
      if (isHeader(bytes, offset)) {
        return true;
      }
      bytes[index] ^= mask;
    }
    return false;
  }

  /** Whether the payload of an entry of {@code length} bytes with a valid header matches its checksum. */
  public static boolean isPayloadIntact(byte[] bytes, int length) {
    int payload = payloadBytes(bytes, 0);
    return payload == length - HEADER_BYTES
        && (int) INT.get(bytes, PAYLOAD_CRC_OFFSET) == checksum(bytes, HEADER_BYTES, payload);
  }

  public static int magic(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset + MAGIC_OFFSET);
  }

  public static int records(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset + RECORDS_OFFSET);
  }

  public static long timeMs(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset + TIME_OFFSET);
  }

  static int payloadBytes(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset + LENGTH_OFFSET);
  }

  private static int checksum(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
