package cloud.gardener.logging.queue;

import static cloud.gardener.logging.queue.Entries.entries;
import static cloud.gardener.logging.queue.segment.FaultyDisk.Operation.CREATE;
import static cloud.gardener.logging.queue.segment.FaultyDisk.Operation.DELETE;
import static cloud.gardener.logging.queue.segment.FaultyDisk.Operation.FORCE;
import static cloud.gardener.logging.queue.segment.FaultyDisk.Operation.OPEN;
import static cloud.gardener.logging.queue.segment.FaultyDisk.Operation.READ;
import static cloud.gardener.logging.queue.segment.FaultyDisk.Operation.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.QueueSync;
import cloud.gardener.logging.queue.segment.FaultyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that refuses: nothing acknowledged is lost, nothing is doubled, and it goes on by itself. */
@Tag("faults")
class QueueFaultsTest {
  private static final int FOR_EVER = Integer.MAX_VALUE;

  @TempDir(factory = MemoryFolder.class)
  Path folder;

  private final FaultyDisk disk = new FaultyDisk();

  /** What came of a scenario. */
  private record Outcome(List<Integer> acknowledged, List<Integer> delivered) {}

  /** Chunks of three entries, some over the end of a segment; every second one is sent at once. */
  private static Outcome appendAndSend(TestQueue test) {
    Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
    for (int chunk = 0; chunk < 8; chunk++) {
      List<QueueEntry> entries = entries(3 * chunk, 3 * chunk + 3, 3000);
      if (test.queue.append(entries) == AppendResult.APPENDED) {
        entries.forEach(entry -> outcome.acknowledged.add(Entries.numberOf(entry)));
      }
      if (chunk % 2 == 1) {
        send(test, 4, outcome);
      }
    }
    return outcome;
  }

  /** Sends as many entries as can be read. */
  private static void send(TestQueue test, int most, Outcome outcome) {
    for (int i = 0; i < most; i++) {
      QueueEntry entry = test.queue.read();
      if (entry == null) {
        return;
      }
      outcome.delivered.add(Entries.numberOf(entry));
      test.queue.remove(1);
    }
  }

  @ParameterizedTest
  @EnumSource(QueueSync.class)
  void shouldLoseAndDoubleNothingWhicheverOperationFails(QueueSync sync) throws IOException {
    for (int howMany : new int[] {1, 4, FOR_EVER}) {
      boolean reached = true;
      for (int n = 1; reached; n++) {
        Path store = folder.resolve(sync + "-" + howMany + "-" + n);
        TestQueue test = new TestQueue(store).files(disk).sync(sync).segmentEntries(5);
        test.memoryBytes(n % 2 == 0 ? 0 : 1 << 20).open();
        disk.fail(EnumSet.allOf(FaultyDisk.Operation.class), n, howMany);

        Outcome outcome = appendAndSend(test);
        reached = disk.seen() >= n;
        disk.stopFailing();
        String what = sync + ", operation " + n + " and " + howMany + " fail";
        assertEquals(AppendResult.APPENDED, test.queue.append(entries(90, 92, 10)), what);
        outcome.acknowledged.addAll(List.of(90, 91));
        send(test, FOR_EVER, outcome);

        assertEquals(outcome.acknowledged, outcome.delivered, what);
        assertEquals(0, test.queue.entries(), what);
        assertEquals(0, test.tally.lost, what);
        test.close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(QueueSync.class)
  void shouldLoseNothingOfItOverACrash(QueueSync sync) throws IOException {
    boolean reached = true;
    for (int n = 1; reached; n++) {
      Path store = folder.resolve(sync + "-" + n);
      TestQueue test = new TestQueue(store).files(disk).sync(sync).segmentEntries(5).open();
      disk.fail(EnumSet.allOf(FaultyDisk.Operation.class), n, FOR_EVER);
      Outcome outcome = appendAndSend(test);
      reached = disk.seen() >= n;
      disk.stopFailing();
      test.reopen();

      List<Integer> after = test.drain();
      test.close();

      String what = sync + ", from operation " + n + " on all fail: " + outcome + " " + after;
      List<Integer> waiting = new ArrayList<>(outcome.acknowledged);
      waiting.removeAll(outcome.delivered);
      assertTrue(after.containsAll(waiting), what);
      assertEquals(0, test.tally.lost, what);
    }
  }

  @Test
  void shouldHaveAllEntriesOfAnAppendOrNoneAfterACrash() {
    int complete = 0;
    for (int n = 1; n <= 8; n++) {
      TestQueue test = new TestQueue(folder.resolve("" + n)).files(disk).open();
      test.queue.append(entries(0, 2, 100));
      disk.fail(EnumSet.of(WRITE), n, FOR_EVER); // It cannot undo anything either.
      test.queue.append(entries(2, 5, 100));
      disk.stopFailing();
      test.reopen();

      int there = test.drain().size();
      assertTrue(there == 2 || there == 5, "write " + n + ": " + there + " entries");
      complete += there == 5 ? 1 : 0;
      test.close();
    }
    assertTrue(complete > 0, "no append ever succeeded");
  }

  @Test
  void shouldAnswerFailedAndGoOnWhenTheDiskHasRoomAgain() {
    for (Set<FaultyDisk.Operation> refused : List.of(EnumSet.of(WRITE), FaultyDisk.WRITING)) {
      TestQueue test = new TestQueue(folder.resolve("" + refused.size())).files(disk).open();
      assertEquals(AppendResult.APPENDED, test.queue.append(entries(0, 2, 5000)));
      disk.fail(refused, 1, FOR_EVER);
      for (int i = 0; i < 20; i++) {
        assertEquals(AppendResult.FAILED, test.queue.append(entries(2, 4, 5000)));
      }
      assertTrue(test.queue.isFailing());
      disk.stopFailing();
      assertEquals(AppendResult.APPENDED, test.queue.append(entries(2, 4, 5000)));

      assertFalse(test.queue.isFailing());
      assertEquals(2, test.fileNames().size(), "files left by failed appends");
      assertEquals(List.of(0, 1, 2, 3), test.drain());
      assertEquals(0, test.queue.bytes());
      test.close();
    }
  }

  @Test
  void shouldNotBringBackAfterARestartWhatFsyncRefused() {
    TestQueue test = new TestQueue(folder).files(disk).sync(QueueSync.FULL).open();
    test.queue.append(entries(0, 2, 100));
    disk.fail(EnumSet.of(FORCE), 1, 1);
    assertEquals(AppendResult.FAILED, test.queue.append(entries(2, 4, 100)));
    assertEquals(1, test.fileNames().size());
    test.queue.append(entries(4, 6, 100));
    assertEquals(2, test.fileNames().size(), "a segment whose state nobody knows is used again");
    test.reopen();

    assertEquals(List.of(0, 1, 4, 5), test.drain());
    test.close();
  }

  @Test
  void shouldNotBringBackWhatWasRemovedOnceALaterRemovalSucceeds() {
    TestQueue test = new TestQueue(folder).files(disk).open();
    test.queue.append(entries(0, 6, 100));
    test.read();
    disk.fail(WRITE);
    test.queue.remove(2);
    assertTrue(test.queue.isFailing());
    disk.stopFailing();
    test.queue.remove(1);
    assertFalse(test.queue.isFailing());
    test.reopen();

    assertEquals(List.of(3, 4, 5), test.drain());
    test.close();
  }

  @Test
  void shouldDeleteLaterWhatTheDiskRefusesToDelete() {
    TestQueue test = new TestQueue(folder).files(disk).segmentEntries(1).open();
    test.queue.append(entries(0, 1, 100));
    test.queue.append(entries(1, 2, 100));
    disk.fail(DELETE);
    assertEquals(List.of(0, 1), test.drain());
    assertEquals(2, test.fileNames().size());
    assertTrue(test.queue.bytes() > 0, "what lies on disk counts");
    disk.stopFailing();
    test.queue.append(entries(2, 3, 100));
    assertEquals(List.of(2), test.drain());
    test.queue.deleteEmptyFile();

    assertEquals(List.of(), test.fileNames());
    assertEquals(0, test.queue.bytes());
    test.close();
  }

  @Test
  void shouldHaveRoomAgainWhenWhatFillsItCanBeDeleted() {
    TestQueue test =
        new TestQueue(folder).files(disk).sync(QueueSync.FULL).maxBytes(20_000).open();
    test.queue.append(entries(0, 1, 12_000));
    disk.fail(DELETE);
    test.drain();
    assertEquals(AppendResult.FULL, test.queue.append(entries(1, 2, 12_000)));
    disk.stopFailing();
    assertEquals(AppendResult.APPENDED, test.queue.append(entries(1, 2, 12_000)));
    test.close();
  }

  @Test
  void shouldWaitWhenThereIsNoFileDescriptor() {
    TestQueue test = new TestQueue(folder).files(disk).memoryBytes(0).segmentEntries(2).open();
    test.queue.append(entries(0, 2, 100));
    test.queue.append(entries(2, 4, 100));
    test.reopen();
    disk.fail(EnumSet.of(OPEN, CREATE), 1, FOR_EVER);
    for (int i = 0; i < 100; i++) {
      assertNull(test.queue.read());
      assertEquals(AppendResult.FAILED, test.queue.append(entries(9, 10, 100)));
    }
    assertEquals(4, test.queue.entries(), "given up because of a missing descriptor");
    disk.stopFailing();

    assertEquals(List.of(0, 1, 2, 3), test.drain());
    assertFalse(test.tally.quarantined > 0);
    test.close();
  }

  @Test
  void shouldPassOverASegmentThatTheDeviceWillNotRead() {
    TestQueue test = new TestQueue(folder).files(disk).memoryBytes(0).segmentEntries(2).open();
    test.queue.append(entries(0, 2, 100));
    test.queue.append(entries(2, 4, 100));
    assertEquals(0, Entries.numberOf(test.queue.read()));
    test.queue.remove(1);
    disk.fail(EnumSet.of(READ), 1, 30);
    for (int i = 0; i < 29; i++) {
      assertNull(test.queue.read(), "attempt " + i);
    }

    assertEquals(List.of(2, 3), test.drain());
    assertEquals(Entries.records(1), test.tally.lost);
    test.close();
    assertEquals(List.of("0000000000000000.quarantine"), test.fileNames());
  }

  @Test
  void shouldSurviveTheRemovalOfItsFolder() throws IOException {
    TestQueue test = new TestQueue(folder.resolve("q")).memoryBytes(0).segmentEntries(2).open();
    for (int number = 0; number < 8; number += 2) {
      test.queue.append(entries(number, number + 2, 100));
    }
    assertEquals(0, Entries.numberOf(test.queue.read()));
    removeRecursively(test.path());
    assertEquals(AppendResult.APPENDED, test.queue.append(entries(8, 10, 100)));
    test.queue.remove(1);

    // The first and the last segment were open; those between are gone.
    assertEquals(List.of(1, 6, 7, 8, 9), test.drain());
    assertEquals(Entries.records(2) + Entries.records(3) + Entries.records(4) + Entries.records(5),
        test.tally.lost);
    assertEquals(0, test.queue.records());
    assertEquals(0, test.queue.bytes());
    test.queue.append(entries(10, 12, 100));
    test.reopen();
    assertEquals(List.of(10, 11), test.drain());
    test.close();
  }

  private static void removeRecursively(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
