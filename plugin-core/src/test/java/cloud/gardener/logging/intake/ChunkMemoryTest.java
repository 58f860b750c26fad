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
    memory.remember(1, 10);
    memory.remember(1, 11);
    memory.remember(2, 20);
    assertEquals(11, memory.find(1));
    memory.forget(1);
    assertNull(memory.find(1));
    assertFalse(memory.isEmpty());
    memory.forget(2);
    assertTrue(memory.isEmpty());
  }

  @Test
  void shouldJoinWhatIsRememberedOfAChunk() {
    assertEquals(1, memory.join(1, 1, Integer::sum));
    assertFalse(memory.isEmpty());
    assertEquals(3, memory.join(1, 2, Integer::sum));
    assertEquals(5, memory.join(2, 5, Integer::sum));
    assertEquals(3, memory.find(1));
  }

  @Test
  void shouldForgetTheOldestOfTooMany() {
    for (int id = 0; id <= ChunkMemory.MAX_CHUNKS; id++) {
      memory.remember(id, id);
    }
    assertNull(memory.find(0));
    assertEquals(1, memory.find(1));
    assertEquals(ChunkMemory.MAX_CHUNKS, memory.find(ChunkMemory.MAX_CHUNKS));
  }
}
