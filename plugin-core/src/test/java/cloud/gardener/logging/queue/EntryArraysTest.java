package cloud.gardener.logging.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.SmallJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Arrays of released entries, for entries to come. */
class EntryArraysTest {
  private static final int MIN = EntryArrays.MIN_BYTES;

  private final EntryArrays arrays = new EntryArrays();

  @Test
  void shouldReuseAnArrayThatIsLongEnough() {
    byte[] array = arrays.take(10 * MIN - 1);
    assertEquals(10 * MIN, array.length);
    arrays.give(array);
    assertNotSame(array, arrays.take(10 * MIN + 1));
    assertSame(array, arrays.take(10 * MIN));
    assertNotSame(array, arrays.take(10 * MIN));
  }

  @Test
  void shouldMakeArraysThatAreAnEighthLongerAtMost() {
    for (int length = MIN; length <= EntryArrays.MAX_BYTES; length += 1 + length / 1_000) {
      byte[] array = arrays.take(length);
      assertTrue(array.length >= length && array.length <= length * 9L / 8, length + ": " + array.length);
    }
    assertEquals(EntryArrays.MAX_BYTES, arrays.take(EntryArrays.MAX_BYTES).length);
  }

  @Test
  void shouldNotSpendALongArrayOnAShortEntry() {
    byte[] array = arrays.take(10 * MIN);
    arrays.give(array);
    assertNotSame(array, arrays.take(5 * MIN));
    assertSame(array, arrays.take(6 * MIN));
  }

  @Test
  void shouldServeAnEntryThatIsNotLongerThanAForeignArray() {
    byte[] array = new byte[6 * MIN - 1];
    arrays.give(array);
    assertNotSame(array, arrays.take(6 * MIN - 1));
    assertSame(array, arrays.take(5 * MIN));
  }

  @Test
  void shouldNotKeepArraysBeyondItsLimits() {
    for (int length : new int[] {0, 1, MIN - 1, EntryArrays.MAX_BYTES + 1}) {
      byte[] array = arrays.take(length);
      assertEquals(length, array.length);
      arrays.give(array);
      assertNotSame(array, arrays.take(length));
    }
  }

  @Test
  void shouldKeepWithinItsLimit() {
    int count = EntryArrays.MAX_BYTES / (8 * MIN);
    Map<byte[], Boolean> given = new IdentityHashMap<>();
    for (int round = 0; round < 3; round++) {
      List<byte[]> taken = new ArrayList<>();
      for (int i = 0; i < count + 10; i++) {
        taken.add(arrays.take(8 * MIN));
      }
      long reused = taken.stream().filter(given::containsKey).count();
      assertEquals(round == 0 ? 0 : count, reused, "round " + round);
      given.clear();
      taken.forEach(array -> given.put(array, true));
      taken.forEach(arrays::give);
    }
  }

  @Test
  void shouldMakeRoomForTheLengthsThatAreUsedNow() {
    for (int length : new int[] {32 * MIN, 2 * MIN, 8 * MIN}) {
      int count = EntryArrays.MAX_BYTES / length;
      List<byte[]> given = Stream.generate(() -> arrays.take(length)).limit(count).toList();
      given.forEach(arrays::give);
      List<byte[]> taken = Stream.generate(() -> arrays.take(length)).limit(count).toList();
      assertEquals(given, taken, length + " bytes"); // By identity, as arrays have no equals.
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
                  byte[] array = arrays.take(MIN + ThreadLocalRandom.current().nextInt(MIN));
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
  @Timeout(60)
  void shouldThrowNothingWhenTheHeapIsFull() throws Exception {
    SmallJvm.run(List.of("-Xmx16m"), FullHeap.class);
  }

  /** Gives an array back without any memory for it. Fails if that throws, or if there was memory. */
  static final class FullHeap {
    private static Object[] all;

    public static void main(String[] arguments) {
      EntryArrays arrays = new EntryArrays();
      byte[] array = arrays.take(2 * MIN);
      fill(1_000);
      fill(1);
      arrays.give(array);
      all = null;
      if (arrays.take(2 * MIN) == array) {
        throw new AssertionError("the array was kept");
      }
    }

    private static void fill(int length) {
      try {
        while (true) {
          Object[] next = new Object[length];
          next[0] = all;
          all = next;
        }
      } catch (OutOfMemoryError e) {
        // As intended.
      }
    }
  }

  @Test
  void shouldRefuseTheUseOfAReleasedEntry() {
    QueueEntry entry = Entries.entry(1, 2 * MIN, 1);
    entry.release();
    assertThrows(NullPointerException.class, entry::payload);
    entry.release(); // Nothing is left to release.
  }

  @Test
  void shouldMarkWhatTheQueueReadsFromTheDisk(@TempDir Path folder) {
    try (TestQueue test = new TestQueue(folder).maxMemoryRecords(1).open()) {
      QueueEntry kept = Entries.entry(1, 2 * MIN, 1);
      QueueEntry written = Entries.entry(2, 2 * MIN, 1);
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
