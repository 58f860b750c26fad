package cloud.gardener.logging.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.queue.segment.EntryLayout;
import org.junit.jupiter.api.Test;

class EntryLayoutTest {
  private static final int HEADER_BITS = EntryLayout.HEADER_BYTES * Byte.SIZE;

  private final byte[] sound = Entries.entry(3, 50, 17).buffer().array();

  private byte[] flipped(int... bits) {
    byte[] bytes = sound.clone();
    for (int bit : bits) {
      bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    }
    return bytes;
  }

  @Test
  void shouldMendOneFlippedBitOfAHeader() {
    for (int bit = 0; bit < HEADER_BITS; bit++) {
      byte[] bytes = flipped(bit);
      assertFalse(EntryLayout.isHeader(bytes, 0), "bit " + bit);
      assertTrue(EntryLayout.repairHeader(bytes, 0), "bit " + bit);
      assertArrayEquals(sound, bytes, "bit " + bit);
    }
  }

  @Test
  void shouldNotMendTwoFlippedBitsToSomethingElse() {
    for (int one = 0; one < HEADER_BITS; one++) {
      for (int other = one + 1; other < HEADER_BITS; other++) {
        byte[] bytes = flipped(one, other);
        assertFalse(EntryLayout.repairHeader(bytes, 0), one + " and " + other);
        assertArrayEquals(flipped(one, other), bytes);
      }
    }
  }

  @Test
  void shouldKnowTheRecordsOfADamagedPayload() {
    for (int bit = HEADER_BITS; bit < sound.length * Byte.SIZE; bit++) {
      byte[] bytes = flipped(bit);
      assertNull(QueueEntry.parse(bytes, bytes.length), "bit " + bit);
      assertTrue(EntryLayout.isHeader(bytes, 0), "bit " + bit);
      assertEquals(17, EntryLayout.records(bytes, 0), "bit " + bit);
    }
    assertNotNull(QueueEntry.parse(sound, sound.length));
  }
}
