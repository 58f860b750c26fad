package cloud.gardener.logging.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays of released entries, for entries to come. */
class EntryArraysTest {
  private static final int STEP = EntryArrays.STEP_BYTES;

  private final EntryArrays arrays = new EntryArrays();

  @Test
  void shouldReuseAnArrayThatIsLongEnough() {
    byte[] array = arrays.take(10 * STEP - 1);
    assertEquals(10 * STEP, array.length);
    arrays.give(array);
    assertNotSame(array, arrays.take(10 * STEP + 1));
    assertSame(array, arrays.take(10 * STEP));
    assertNotSame(array, arrays.take(10 * STEP));
  }

  @Test
  void shouldNotSpendALongArrayOnAShortEntry() {
    byte[] array = arrays.take(10 * STEP);
    arrays.give(array);
    assertNotSame(array, arrays.take(5 * STEP - 1));
    assertSame(array, arrays.take(5 * STEP));
  }

  @Test
  void shouldNotKeepShortArrays() {
    byte[] array = arrays.take(STEP - 1);
    assertEquals(STEP - 1, array.length);
    arrays.give(array);
    assertNotSame(array, arrays.take(STEP - 1));
  }

  @Test
  void shouldKeepWithinItsLimit() {
    int count = EntryArrays.MAX_BYTES / (8 * STEP);
    Map<byte[], Boolean> given = new IdentityHashMap<>();
    for (int round = 0; round < 3; round++) {
      List<byte[]> taken = new ArrayList<>();
      for (int i = 0; i < count + 10; i++) {
        taken.add(arrays.take(8 * STEP));
      }
      long reused = taken.stream().filter(given::containsKey).count();
      assertEquals(round == 0 ? 0 : count, reused, "round " + round);
      given.clear();
      taken.forEach(array -> given.put(array, true));
      taken.forEach(arrays::give);
    }
  }

  @Test
  void shouldGiveAnArrayToOneUserAtATime() throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int id = 1; id <= 4; id++) {
      byte mark = (byte) id;
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 20_000; i++) {
                  byte[] array = arrays.take(STEP + ThreadLocalRandom.current().nextInt(STEP));
                  array[0] = mark;
                  Thread.onSpinWait();
                  assertEquals(mark, array[0]);
                  arrays.give(array);
                }
              });
      thread.setUncaughtExceptionHandler((of, thrown) -> failure.set(thrown));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(null, failure.get());
  }

  @Test
  void shouldRefuseTheUseOfAReleasedEntry() {
    QueueEntry entry = Entries.entry(1, 2 * STEP, 1);
    entry.release();
    assertThrows(NullPointerException.class, entry::payload);
    entry.release(); // Nothing is left to release.
  }

  @Test
  void shouldMarkWhatTheQueueReadsFromTheDisk(@TempDir Path folder) {
    try (TestQueue test = new TestQueue(folder).maxMemoryRecords(1).open()) {
      QueueEntry kept = Entries.entry(1, 2 * STEP, 1);
      QueueEntry written = Entries.entry(2, 2 * STEP, 1);
      test.append(kept);
      test.append(written);
      assertFalse(kept.isOnDiskAlone());
      assertTrue(written.isOnDiskAlone());
      written.release();
      assertSame(kept, test.queue.read());
      test.queue.remove(1);
      assertEquals(2, Entries.numberOf(test.queue.read()));
    }
  }
}
