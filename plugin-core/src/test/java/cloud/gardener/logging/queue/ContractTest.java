package cloud.gardener.logging.queue;

import static cloud.gardener.logging.queue.Entries.entries;
import static cloud.gardener.logging.queue.Entries.entry;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.gardener.logging.queue.segment.EntryLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What any user of a queue may rely on while the disk works. */
class ContractTest {
  @TempDir Path folder;

  @Test
  void shouldReadInTheOrderOfAppending() {
    try (TestQueue test = new TestQueue(folder).segmentEntries(3).open()) {
      test.queue.append(entries(0, 2, 100));
      test.queue.append(entries(2, 10, 70_000));
      test.queue.append(entries(10, 11, 4));

      assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), test.read());
    }
  }

  @Test
  void shouldHandOutTheEntryAsItWasAppended() {
    try (TestQueue test = new TestQueue(folder).memoryBytes(0).open()) {
      QueueEntry appended = entry(7, 1234, 42);
      test.append(appended);

      QueueEntry read = test.queue.read();

      assertEquals(42, read.records());
      assertEquals(appended.enqueuedAtMs(), read.enqueuedAtMs());
      assertArrayEquals(appended.buffer().array(), read.buffer().array());
    }
  }

  @Test
  void shouldKeepEntriesUntilTheyAreRemoved() {
    try (TestQueue test = new TestQueue(folder).open()) {
      test.queue.append(entries(0, 5, 100));
      test.read();
      test.queue.remove(2);

      assertEquals(3, test.queue.entries());
      test.reopen();
      assertEquals(List.of(2, 3, 4), test.read());
    }
  }

  @Test
  void shouldCountEntriesAndRecords() {
    try (TestQueue test = new TestQueue(folder).open()) {
      test.append(entry(0, 10, 3), entry(1, 10, 0), entry(2, 10, Integer.MAX_VALUE));
      test.append(entry(3, 10, Integer.MAX_VALUE));
      assertEquals(4, test.queue.entries());
      assertEquals(3 + 2L * Integer.MAX_VALUE, test.queue.records());

      test.reopen();
      assertEquals(4, test.queue.entries());
      assertEquals(3 + 2L * Integer.MAX_VALUE, test.queue.records());
      assertEquals(3 + 2L * Integer.MAX_VALUE, test.queue.recoveredRecords());

      test.drain();
      assertEquals(0, test.queue.entries());
      assertEquals(0, test.queue.records());
    }
  }

  @Test
  void shouldGoOnWhereItStoodAfterReopening() {
    try (TestQueue test = new TestQueue(folder).segmentEntries(4).open()) {
      test.queue.append(entries(0, 3, 100));
      test.reopen();
      test.queue.append(entries(3, 9, 100));
      assertEquals(1 + 2 + 3, test.queue.recoveredRecords());
      test.reopen();

      assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8), test.drain());
      assertEquals(0, test.tally.lost);
      assertEquals(0, test.tally.quarantined);
    }
  }

  @Test
  void shouldKeepAnEntryThatWasReadValidWhenItIsRemoved() {
    try (TestQueue test = new TestQueue(folder).memoryBytes(0).open()) {
      test.append(entry(5, 1000, 1));
      QueueEntry read = test.queue.read();
      test.queue.remove(1);

      assertEquals(5, Entries.numberOf(read));
    }
  }

  @Test
  void shouldRemoveOnlyWhatWasRead() {
    try (TestQueue test = new TestQueue(folder).open()) {
      test.queue.append(entries(0, 3, 100));
      test.queue.read();
      test.queue.remove(3);

      assertEquals(List.of(1, 2), test.read());
    }
  }

  @Test
  void shouldTakeAnEmptyPayload() {
    try (TestQueue test = new TestQueue(folder).memoryBytes(0).open()) {
      byte[] bytes = new byte[EntryLayout.HEADER_BYTES];
      test.append(QueueEntry.seal(bytes, bytes.length, 0, 0));
      test.append(entry(1, 4, 1));

      assertEquals(0, test.queue.read().payloadBytes());
      test.queue.remove(1);
      assertEquals(1, Entries.numberOf(test.queue.read()));
    }
  }

  @Test
  void shouldAnswerAfterItWasClosed() {
    TestQueue test = new TestQueue(folder).open();
    test.close();
    assertEquals(AppendResult.FAILED, test.append(entry(0, 10, 1)));
    assertNull(test.queue.read());
    test.queue.remove(1);
    test.queue.close();
  }

  @Test
  void shouldDiscardEverythingWithItsFolder() {
    TestQueue test = new TestQueue(folder).segmentEntries(2).open();
    test.queue.append(entries(0, 5, 100)); // 1 + 2 + 3 + 4 + 5 records
    test.queue.read();

    assertEquals(15, test.queue.discard());

    assertFalse(Files.exists(test.path()));
    assertEquals(0, test.home().bytes());
    test.close();
  }
}
