package cloud.gardener.logging.jni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MemoryUpkeepTest {
  private static final long START_BYTES = 10 << 20;
  private static final long GROWN_BYTES = START_BYTES + MemoryUpkeep.HEAP_GROWTH_BYTES + 1;

  private final FakeMemory memory = new FakeMemory();
  private final MemoryUpkeep upkeep = new MemoryUpkeep(memory);

  /** Once what Init needed, and once what the first requests of a node at full speed needed. */
  @Test
  void shouldReleaseThePagesOfTheStartTwice() {
    memory.releasesUntilInterrupt = 2;
    upkeep.run();
    assertTrue(Thread.interrupted(), "the second release ended it");
    assertEquals(2, memory.releases);
    assertEquals(0, memory.trims);
  }

  @Test
  void shouldTrimEachTimeAndReleasePagesAfterTheStartAndThenWithTheHeap() {
    ticks(MemoryUpkeep.FIRST_TICK);
    assertEquals(1, memory.releases);
    ticks(MemoryUpkeep.START_TICKS - MemoryUpkeep.FIRST_TICK);
    assertEquals(2, memory.releases);
    ticks(3 * MemoryUpkeep.MINUTE_TICKS - MemoryUpkeep.START_TICKS);
    assertEquals(5, memory.releases);
    assertEquals(3 * MemoryUpkeep.MINUTE_TICKS, memory.trims);
  }

  /** A collection reads the classes of all objects. */
  @Test
  void shouldReleasePagesAfterTheCollection() {
    memory.heapBytes = GROWN_BYTES;
    ticks(MemoryUpkeep.MINUTE_TICKS);
    assertEquals(1, memory.releasesAfterCollections);
  }

  @Test
  void shouldLeaveAHeapAloneThatHasNotGrown() {
    memory.heapBytes = GROWN_BYTES - 1;
    ticks(5 * MemoryUpkeep.MINUTE_TICKS);
    assertEquals(0, memory.collections);
  }

  @Test
  void shouldCollectAHeapThatHasGrownOnce() {
    memory.heapBytes = GROWN_BYTES;
    ticks(MemoryUpkeep.MINUTE_TICKS - 1);
    assertEquals(0, memory.collections);
    ticks(1);
    assertEquals(1, memory.collections);
    ticks(5 * MemoryUpkeep.MINUTE_TICKS);
    assertEquals(1, memory.collections);
  }

  @Test
  void shouldCollectAgainWhenTheHeapHasGrownAgain() {
    memory.heapBytes = GROWN_BYTES;
    ticks(MemoryUpkeep.MINUTE_TICKS);
    memory.heapBytes = GROWN_BYTES;
    ticks(MemoryUpkeep.MINUTE_TICKS);
    assertEquals(2, memory.collections);
  }

  /** With many targets, most of the heap is in use. */
  @Test
  void shouldNotCollectAgainWhatIsInUse() {
    memory.liveBytes = GROWN_BYTES;
    memory.heapBytes = GROWN_BYTES;
    ticks(5 * MemoryUpkeep.MINUTE_TICKS);
    assertEquals(1, memory.collections);
  }

  /** A heap that grows by little each time must not get away with it. */
  @Test
  void shouldCollectAHeapThatGrowsSlowly() {
    for (int i = 1; i <= 5; i++) {
      memory.heapBytes = START_BYTES + i * MemoryUpkeep.HEAP_GROWTH_BYTES / 4;
      ticks(MemoryUpkeep.MINUTE_TICKS);
    }
    assertEquals(1, memory.collections);
  }

  /** Not even when memory is short, which is when it matters. */
  @Test
  void shouldGoOnAfterAFailure() {
    memory.heapBytes = GROWN_BYTES;
    memory.failure = new OutOfMemoryError("of the test");
    ticks(MemoryUpkeep.MINUTE_TICKS);
    assertEquals(0, memory.collections);
    memory.failure = null;
    ticks(MemoryUpkeep.MINUTE_TICKS);
    assertEquals(MemoryUpkeep.MINUTE_TICKS, memory.trims);
    assertEquals(1, memory.collections);
  }

  private void ticks(int count) {
    for (int i = 0; i < count; i++) {
      upkeep.tick();
    }
  }

  private static final class FakeMemory implements MemoryUpkeep.Memory {
    long heapBytes = START_BYTES;
    long liveBytes = START_BYTES;
    Error failure;
    int trims;
    int releases;
    int releasesAfterCollections;
    int releasesUntilInterrupt;
    int collections;

    @Override
    public void trimMalloc() {
      failIfAsked();
      trims++;
    }

    @Override
    public void releasePages() {
      releases++;
      releasesAfterCollections += collections;
      if (releases == releasesUntilInterrupt) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public long heapBytes() {
      return heapBytes;
    }

    @Override
    public void collect() {
      failIfAsked();
      collections++;
      heapBytes = liveBytes;
    }

    private void failIfAsked() {
      if (failure != null) {
        throw failure;
      }
    }
  }
}
