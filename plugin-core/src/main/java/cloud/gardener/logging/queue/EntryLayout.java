package cloud.gardener.logging.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The bytes of a queue entry, big-endian.
 *
 * <pre>
 *  0        4        8                16        20       24
 *  +--------+--------+----------------+---------+--------+-----------~
 *  | magic, | record | enqueue time,  | payload | CRC32C | payload
 *  | version| count  | ms since 1970  | length  |        |
 *  +--------+--------+----------------+---------+--------+-----------~
 * </pre>
 *
 * The checksum covers all other bytes.
 */
public final class EntryLayout {
  /** Bytes before the payload. */
  public static final int HEADER_BYTES = 24;

  /** "GQE" and the version, 1. */
  static final int MAGIC = 0x47514501;

  static final int MAGIC_OFFSET = 0;
  static final int RECORDS_OFFSET = 4;
  static final int TIME_OFFSET = 8;
  static final int LENGTH_OFFSET = 16;
  static final int CRC_OFFSET = 20;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private EntryLayout() {}

  static void write(byte[] bytes, int length, int records, long timeMs) {
    INT.set(bytes, MAGIC_OFFSET, MAGIC);
    INT.set(bytes, RECORDS_OFFSET, records);
    LONG.set(bytes, TIME_OFFSET, timeMs);
    INT.set(bytes, LENGTH_OFFSET, length - HEADER_BYTES);
    INT.set(bytes, CRC_OFFSET, checksum(bytes, length));
  }

  /** Whether the first {@link #HEADER_BYTES} of {@code bytes} can head an entry of {@code length}. */
  static boolean isPlausible(byte[] bytes, int length) {
    return (int) INT.get(bytes, MAGIC_OFFSET) == MAGIC
        && (int) INT.get(bytes, LENGTH_OFFSET) == length - HEADER_BYTES
        && records(bytes) >= 0;
  }

  static boolean isIntact(byte[] bytes, int length) {
    return length >= HEADER_BYTES
        && isPlausible(bytes, length)
        && (int) INT.get(bytes, CRC_OFFSET) == checksum(bytes, length);
  }

  static int records(byte[] bytes) {
    return (int) INT.get(bytes, RECORDS_OFFSET);
  }

  static long timeMs(byte[] bytes) {
    return (long) LONG.get(bytes, TIME_OFFSET);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CRC_OFFSET);
    crc.update(bytes, HEADER_BYTES, length - HEADER_BYTES);
    return (int) crc.getValue();
  }
}
