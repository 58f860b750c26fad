package cloud.gardener.logging.queue;

import static cloud.gardener.logging.queue.Entries.entries;
import static cloud.gardener.logging.queue.Entries.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.QueueSync;
import cloud.gardener.logging.queue.segment.FaultyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds at any moment: bytes on disk, bytes in memory, open files. */
class QueueInvariantsTest {
  private static final int KB = 1 << 10;

  @TempDir Path folder;

  /** What the file system says. */
  private static long bytesOnDisk(Path path) throws IOException {
    Process du = new ProcessBuilder("du", "-s", "-B1", path.toString()).start();
    try (Scanner output = new Scanner(du.getInputStream())) {
      return output.nextLong();
    }
  }

  @Test
  void shouldStayWithinItsBytesOnDisk() throws IOException {
    long bound = 600 * KB;
    try (TestQueue test = new TestQueue(folder).maxBytes(bound).open()) {
      int taken = 0;
      while (test.append(entry(taken, 1 + 977 * taken % 40_000 + 4, 1)) == AppendResult.APPENDED) {
        taken++;
        assertTrue(test.queue.bytes() <= bound, "bytes " + test.queue.bytes());
      }
      long real = bytesOnDisk(test.path()) - bytesOnDisk(Files.createDirectory(folder.resolve("x")));
      assertTrue(real <= bound, "really " + real);
      assertTrue(real <= test.queue.bytes(), real + " counted as " + test.queue.bytes());
      assertTrue(real > bound * 8 / 10, "only " + real);

      test.queue.read();
      assertEquals(AppendResult.FULL, test.append(entry(taken, 40_000, 1)), "still on disk");
      test.queue.remove(1);
      test.drain();
      assertEquals(0, test.queue.bytes());
      assertEquals(AppendResult.APPENDED, test.append(entry(taken, 40_000, 1)));
    }
  }

  @Test
  void shouldTakeWhatIsLargerThanItsBoundOnlyWhileItIsEmpty() {
    try (TestQueue test = new TestQueue(folder).maxBytes(10 * KB).totalMaxBytes(10 * KB).open()) {
      List<QueueEntry> large = List.of(entry(0, 50 * KB, 1));
      assertTrue(test.queue.hasRoom(QueueEntry.diskBytes(large)));
      assertEquals(AppendResult.APPENDED, test.queue.append(large));
      assertFalse(test.queue.hasRoom());
      assertEquals(AppendResult.FULL, test.queue.append(large));
      assertEquals(AppendResult.FULL, test.append(entry(1, 10, 1)));
    }
  }

  @Test
  void shouldShareTheOutputsBytesAmongItsQueues() throws QueueException {
    try (TestQueue test = new TestQueue(folder).totalMaxBytes(100 * KB).open();
        DiskQueue other = test.home().openQueue("shoot", test.config(), new Tally())) {
      assertEquals(AppendResult.APPENDED, other.append(List.of(entry(0, 80 * KB, 1))));
      assertEquals(AppendResult.FULL, test.append(entry(0, 30 * KB, 1)));
      assertFalse(test.queue.hasRoom(30 * KB));
      other.read();
      other.remove(1);
      assertEquals(AppendResult.APPENDED, test.append(entry(0, 30 * KB, 1)));
      assertEquals(test.queue.bytes(), test.home().bytes());
    }
  }

  @Test
  void shouldCountWhatAnEarlierRunHasLeftAndWhatIsQuarantined() throws IOException {
    try (TestQueue test = new TestQueue(folder).maxBytes(100 * KB).open()) {
      test.append(entry(0, 20 * KB, 1));
      long bytes = test.queue.bytes();
      Path quarantined = test.path().resolve("0000000000000077.quarantine");
      Files.write(quarantined, new byte[70 * KB]);
      test.reopen();
      assertEquals(bytes + 72 * KB, test.queue.bytes());
      assertEquals(AppendResult.FULL, test.append(entry(1, 20 * KB, 1)));

      Files.delete(quarantined); // Nobody tells the queue.
      assertEquals(AppendResult.APPENDED, test.append(entry(1, 20 * KB, 1)));
      test.drain();
      assertEquals(0, test.queue.bytes());
      assertEquals(0, test.home().bytes());
    }
  }

  @Test
  void shouldHoldNoMoreThanItsShareOfMemory() {
    MemoryBudget budget = new MemoryBudget(100);
    assertTrue(budget.tryAcquire(0, 50));
    assertFalse(budget.tryAcquire(50, 1), "one alone gets half");
    assertTrue(budget.tryAcquire(0, 25));
    assertFalse(budget.tryAcquire(25, 1), "the second gets half of the rest");
    assertTrue(budget.tryAcquire(0, 12), "and there is something left for the third");
    budget.adjust(-87);
    assertTrue(budget.tryAcquire(49, 1));
  }

  @Test
  void shouldNotKeepInMemoryWhatItsBytesDoNotAllow() {
    int large = 100 * KB;
    try (TestQueue test = new TestQueue(folder).memoryBytes(1000 * KB).open()) {
      for (int i = 0; i < 50; i++) {
        test.append(entry(i, large, 1));
      }
      int out = test.read().size();
      assertEquals(5, out, "entries of 100 kB in half of 1000 kB");
      test.queue.remove(3);
      assertEquals(List.of(5, 6, 7), test.read());
    }
  }

  @Test
  void shouldNotKeepInMemoryMoreRecordsThanAllowed() {
    try (TestQueue test = new TestQueue(folder).maxMemoryRecords(10).open()) {
      for (int i = 0; i < 9; i++) {
        test.append(entry(i, 100, 4));
      }
      assertEquals(List.of(0, 1, 2), test.read(), "8 records, and the entry that reaches the bound");
      test.queue.remove(1);
      assertEquals(List.of(3), test.read());
    }
  }

  @Test
  void shouldReadWithoutTheDiskWhatIsSmallHoweverManyRecordsItIs() {
    FaultyDisk disk = new FaultyDisk();
    try (TestQueue test =
        new TestQueue(folder).files(disk).maxMemoryRecords(10).smallBytes(10 * KB).open()) {
      for (int i = 0; i < 20; i++) {
        test.append(entry(i, KB, 1000));
      }
      disk.fail(FaultyDisk.Operation.READ);
      assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8), test.read(), "entries of 1 kB in 10 kB");
    }
  }

  @Test
  void shouldReadBackNoMoreRecordsThanAllowed() {
    try (TestQueue test = new TestQueue(folder).maxMemoryRecords(10).smallBytes(10 * KB).open()) {
      for (int i = 0; i < 9; i++) {
        test.append(entry(i, KB, 4));
      }
      test.reopen();
      assertEquals(List.of(0, 1, 2), test.read(), "8 records, and the entry that reaches the bound");
    }
  }

  @Test
  void shouldAlwaysHandOutOneEntry() {
    try (TestQueue test = new TestQueue(folder).memoryBytes(0).maxMemoryRecords(1).open()) {
      test.append(entry(0, 50 * KB, 1000));
      test.append(entry(1, 50 * KB, 1000));
      assertNotNull(test.queue.read());
      assertNull(test.queue.read());
      test.queue.remove(1);
      assertNotNull(test.queue.read());
    }
  }

  @Test
  void shouldHoldNoFileWhileItRests() {
    try (TestQueue test = new TestQueue(folder).segmentEntries(2).open()) {
      assertEquals(0, test.openFiles());
      test.queue.append(entries(0, 5, 100));
      assertTrue(test.openFiles() > 0);
      test.queue.deleteEmptyFile();
      assertEquals(List.of(0, 1, 2, 3, 4), test.read());
      test.queue.remove(5);
      assertTrue(test.queue.hasEmptyFile());
      test.queue.deleteEmptyFile();

      assertFalse(test.queue.hasEmptyFile());
      assertEquals(0, test.openFiles());
      assertEquals(List.of(), test.fileNames());
    }
  }

  @Test
  void shouldUseAFileAgainOnceItIsEmpty() throws IOException {
    try (TestQueue test = new TestQueue(folder).segmentEntries(10).open()) {
      long empty = bytesOnDisk(folder);
      for (int i = 0; i < 100; i++) {
        test.append(entry(2 * i, 20 * KB, 1), entry(2 * i + 1, 20 * KB, 1));
        assertEquals(List.of(2 * i, 2 * i + 1), test.drain());
        assertEquals(List.of("0000000000000000.segment"), test.fileNames());
        assertEquals(0, test.queue.bytes());
      }
      assertTrue(bytesOnDisk(folder) <= empty + 12 * KB, "its space is given back");
      test.append(entry(7, 20 * KB, 1));
      test.reopen();
      assertEquals(List.of(7), test.drain());
    }
  }

  @Test
  void shouldTakeWhatIsTooLargeForTheEmptyFileThatItHolds() {
    try (TestQueue test = new TestQueue(folder).maxBytes(20 * KB).open()) {
      test.append(entry(0, KB, 1));
      test.drain();
      assertEquals(AppendResult.APPENDED, test.append(entry(1, 200 * KB, 1)));
      assertEquals(List.of("0000000000000001.segment"), test.fileNames());
      assertEquals(List.of(1), test.drain());
    }
  }

  /** Its old bytes and its new ones might reach the device in any order. */
  @Test
  void shouldNotUseAFileAgainWhereALossOfPowerMustCostNothing() {
    try (TestQueue test = new TestQueue(folder).sync(QueueSync.FULL).open()) {
      test.append(entry(0, KB, 1));
      test.drain();
      assertFalse(test.queue.hasEmptyFile());
      assertEquals(List.of(), test.fileNames());
    }
  }

  @Test
  void shouldHaveAtMostThreeFilesOpen() {
    try (TestQueue test = new TestQueue(folder).segmentEntries(1).memoryBytes(0).open()) {
      for (int i = 0; i < 20; i++) {
        test.append(entry(i, 100, 1));
      }
      test.reopen();
      test.append(entry(20, 100, 1));
      for (int i = 0; i < 20; i++) {
        test.queue.read();
        assertTrue(test.openFiles() <= 3, "open " + test.openFiles());
        if (i % 3 == 0) {
          test.queue.remove(1);
        }
      }
    }
  }
}
