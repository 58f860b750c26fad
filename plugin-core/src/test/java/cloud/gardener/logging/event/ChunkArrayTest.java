package cloud.gardener.logging.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChunkArrayTest {
  private static final int LONGEST = 1 << 20;
  private static final int FULL_CHUNK = 2_048_000;

  private final ChunkArray array = new ChunkArray(LONGEST);

  @Test
  void shouldCopyTheRestOfABufferAndLeaveItAsItIs() {
    ByteBuffer chunk = ByteBuffer.allocateDirect(6).put(new byte[] {1, 2, 3, 4, 5, 6}).flip();
    chunk.position(2).limit(5);

    array.copy(chunk);

    assertArrayEquals(new byte[] {3, 4, 5}, copied());
    assertEquals(2, chunk.position());
  }

  @Test
  void shouldUseOneArrayForChunksOfUsualSizes() {
    array.copy(ByteBuffer.allocate(FULL_CHUNK));
    byte[] first = array.bytes();
    array.copy(ByteBuffer.allocate(100));
    array.copy(ByteBuffer.allocate(FULL_CHUNK + 500_000));

    assertTrue(first == array.bytes());
    assertEquals(ChunkArray.KEPT_BYTES, first.length);
  }

  @Test
  void shouldGrowInFewSteps() {
    int steps = 0;
    byte[] before = array.bytes();
    for (int size = 1_000; size <= FULL_CHUNK; size += 1_000) {
      array.copy(ByteBuffer.allocate(size));
      steps += array.bytes() == before ? 0 : 1;
      before = array.bytes();
      }
    assertEquals(7, steps);
  }

  @Test
  void shouldBeLargeAfterALargeChunk() {
    array.copy(ByteBuffer.allocate(ChunkArray.KEPT_BYTES));
    assertFalse(array.isLarge());
    array.copy(ByteBuffer.allocate(ChunkArray.KEPT_BYTES + 1));
    assertTrue(array.isLarge());
    assertEquals(ChunkArray.KEPT_BYTES + 1, array.bytes().length);
  }

  @Test
  void shouldCutLongValuesOfALargeChunkAlone() {
    byte[] text = filled(LONGEST + 1);
    array.copy(ByteBuffer.wrap(new MsgPack().value(text).bytes()));
    assertEquals(5 + text.length, array.size());

    Map<String, Object> body = Map.of("a", new MsgPack.Raw(filled(ChunkArray.WHOLE_BYTES)));
    MsgPack chunk = new MsgPack().event(1, 0, Map.of(), body);
    array.copy(chunk.chunk());
    assertEquals(chunk.bytes().length - ChunkArray.WHOLE_BYTES + LONGEST, array.size());
  }

  @Test
  void shouldKeepAllElseOfALargeChunk() {
    Map<String, Object> map = Map.of("m", "x".repeat(300));
    Map<String, Object> usual = Map.of("log", "x", "n", List.of(1, -1, 1L << 40, 1.5, true, map));
    array.copy(chunk(usual, ChunkArray.WHOLE_BYTES, LONGEST + 1).chunk());

    assertArrayEquals(chunk(usual, LONGEST, LONGEST).bytes(), copied());
  }

  @Test
  void shouldTellTheSizeOfEachEventAsItCame() {
    MsgPack chunk = chunk(Map.of(), ChunkArray.WHOLE_BYTES, LONGEST + 7);
    array.copy(chunk.chunk());
    EventDecoder decoder = new EventDecoder();
    decoder.wrap(array);
    int head = 14 + "long".length() + 1;
    for (int size : new int[] {14, head + 5 + ChunkArray.WHOLE_BYTES, 14, head + 7 + LONGEST + 7, 14}) {
      assertEquals(EventDecoder.RECORD, decoder.next());
      assertEquals(size, decoder.sizeBytes());
    }
    assertEquals(EventDecoder.END, decoder.next());
  }

  @Test
  void shouldCopyWhatIsNoMsgpackAsItIs() {
    MsgPack chunk = new MsgPack().event(1, 0, Map.of(), Map.of("a", filled(ChunkArray.WHOLE_BYTES)));
    byte[] broken = Arrays.copyOf(new MsgPack().raw(0xc1).bytes(), 1 + chunk.bytes().length);
    System.arraycopy(chunk.bytes(), 0, broken, 1, broken.length - 1);
    array.copy(ByteBuffer.wrap(broken));

    assertArrayEquals(broken, copied());
  }

  /** Five events, of which the second has a long binary value and the fourth a long string in a list. */
  private static MsgPack chunk(Map<String, Object> usual, int binaryBytes, int textBytes) {
    return new MsgPack()
        .event(1, 0, Map.of(), usual)
        .event(2, 0, Map.of(), Map.of("long", filled(binaryBytes)))
        .event(3, 0, Map.of(), usual)
        .event(4, 0, Map.of(), Map.of("long", List.of(new MsgPack.Raw(filled(textBytes)), 1)))
        .event(5, 0, Map.of(), usual);
  }

  private static byte[] filled(int bytes) {
    byte[] filled = new byte[bytes];
    Arrays.fill(filled, (byte) 'x');
    return filled;
  }

  private byte[] copied() {
    return Arrays.copyOf(array.bytes(), array.size());
  }
}
