package cloud.gardener.logging.queue;

import cloud.gardener.logging.queue.segment.EntryLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Entries that say who they are: number, and bytes that follow from it. */
final class Entries {
  private static final int NUMBER_BYTES = 4;

  private Entries() {}

  /** An entry of {@code payloadBytes}, at least 4. */
  static QueueEntry entry(int number, int payloadBytes, int records) {
    byte[] bytes = new byte[EntryLayout.HEADER_BYTES + payloadBytes];
    byte[] payload = payload(number, payloadBytes);
    System.arraycopy(payload, 0, bytes, EntryLayout.HEADER_BYTES, payloadBytes);
    return QueueEntry.seal(bytes, bytes.length, records, 1_700_000_000_000L + number);
  }

  /** Entries {@code from} to {@code to}, the latter excluded; entry n has n % 5 + 1 records. */
  static List<QueueEntry> entries(int from, int to, int payloadBytes) {
    List<QueueEntry> entries = new ArrayList<>();
    for (int number = from; number < to; number++) {
      entries.add(entry(number, payloadBytes, records(number)));
    }
    return entries;
  }

  static int records(int number) {
    return number % 5 + 1;
  }

  private static byte[] payload(int number, int length) {
    byte[] payload = new byte[length];
    int mixed = number * 0x9E3779B9;
    for (int i = 0; i < length; i++) {
      payload[i] = (byte) (mixed >>> 24);
      mixed = mixed * 1664525 + 1013904223;
    }
    ByteBuffer.wrap(payload).putInt(number);
    return payload;
  }

  /** The entry's number, once all its bytes are found to be its own. */
  static int numberOf(QueueEntry entry) {
    byte[] payload = new byte[entry.payloadBytes()];
    entry.payload().get(payload);
    if (payload.length < NUMBER_BYTES) {
      throw new AssertionError("an entry of " + payload.length + " bytes");
    }
    int number = ByteBuffer.wrap(payload).getInt();
    if (!Arrays.equals(payload, payload(number, payload.length))) {
      throw new AssertionError("entry " + number + " has foreign bytes");
    }
    return number;
  }
}
