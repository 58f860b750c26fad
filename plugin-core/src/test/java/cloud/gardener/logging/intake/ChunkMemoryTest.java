package cloud.gardener.logging.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ChunkMemoryTest {
  private final ChunkMemory<Integer> memory = new ChunkMemory<>();

  @Test
  void shouldRememberUntilItIsToldToForget() {
    assertTrue(memory.isEmpty());
    memory.put(1, 10);
    memory.put(1, 11);
    memory.put(2, 20);
    assertEquals(11, memory.get(1));
    memory.remove(1);
    assertNull(memory.get(1));
    assertFalse(memory.isEmpty());
    memory.remove(2);
    assertTrue(memory.isEmpty());
  }

  @Test
  void shouldJoinWhatIsRememberedOfAChunk() {
    assertEquals(1, memory.merge(1, 1, Integer::sum));
    assertFalse(memory.isEmpty());
    assertEquals(3, memory.merge(1, 2, Integer::sum));
    assertEquals(5, memory.merge(2, 5, Integer::sum));
    assertEquals(3, memory.get(1));
  }

  @Test
  void shouldForgetTheOldestOfTooMany() {
    for (int id = 0; id <= ChunkMemory.MAX_CHUNKS; id++) {
      memory.put(id, id);
    }
    assertNull(memory.get(0));
    assertEquals(1, memory.get(1));
    assertEquals(ChunkMemory.MAX_CHUNKS, memory.get(ChunkMemory.MAX_CHUNKS));
  }
}
