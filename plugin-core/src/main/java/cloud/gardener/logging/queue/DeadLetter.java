package cloud.gardener.logging.queue;

import cloud.gardener.logging.queue.segment.EntryLayout;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Data that could not be delivered, and the reason. The layout in a queue entry's payload, big-endian:
 *
 * <pre>
 *  0        1        1+n      3+n      3+n+m
 *  +--------+---~----+--------+---~----+-----------~
 *  | n      | format | m      | reason | bytes
 *  | 1 byte | ASCII  | 2 bytes| UTF-8  |
 *  +--------+---~----+--------+---~----+-----------~
 * </pre>
 *
 * @param format the format of the bytes: short, and valid as a file name extension
 * @param reason for a human
 * @param bytes as they would have been sent
 */
public record DeadLetter(String format, String reason, ByteBuffer bytes) {
  private static final int MAX_FORMAT_BYTES = 255;
  private static final int MAX_REASON_BYTES = 4096;

  QueueEntry toEntry(int records, long nowMs) {
    byte[] formatBytes = cut(format.getBytes(StandardCharsets.US_ASCII), MAX_FORMAT_BYTES);
    byte[] reasonBytes = cut(reason.getBytes(StandardCharsets.UTF_8), MAX_REASON_BYTES);
    int payload = 1 + formatBytes.length + Short.BYTES + reasonBytes.length + bytes.remaining();
    ByteBuffer entry = ByteBuffer.allocate(EntryLayout.HEADER_BYTES + payload);
    entry
        .position(EntryLayout.HEADER_BYTES)
        .put((byte) formatBytes.length)
        .put(formatBytes)
        .putShort((short) reasonBytes.length)
        .put(reasonBytes)
        .put(bytes.duplicate());
    return QueueEntry.seal(
        EntryLayout.DEAD_LETTER, entry.array(), entry.position(), records, nowMs);
  }

  private static byte[] cut(byte[] text, int length) {
    return text.length <= length ? text : Arrays.copyOf(text, length);
  }

  /** Parses a payload; null when it is not a dead letter. */
  public static DeadLetter parse(ByteBuffer payload) {
    try {
      byte[] formatBytes = new byte[Byte.toUnsignedInt(payload.get())];
      payload.get(formatBytes);
      byte[] reasonBytes = new byte[Short.toUnsignedInt(payload.getShort())];
      payload.get(reasonBytes);
      return new DeadLetter(
          new String(formatBytes, StandardCharsets.US_ASCII),
          new String(reasonBytes, StandardCharsets.UTF_8),
          payload.slice());
    } catch (BufferUnderflowException e) {
      return null;
    }
  }
}
