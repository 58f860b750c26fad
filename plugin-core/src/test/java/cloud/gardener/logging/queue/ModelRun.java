package cloud.gardener.logging.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.QueueSync;
import cloud.gardener.logging.queue.segment.FaultyDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * One random sequence over a queue and over its model: the list of what it must hold, and how much of that
 * has been read.
 *
 * <p>Where a disk has failed, a restart may bring back what was removed, and bring what was never
 * acknowledged: so much is allowed then, and no more. Without a failure a restart changes nothing.
 */
final class ModelRun {
  private static final int MAX_STEPS = 30;
  private static final int MAX_BYTES = 64 << 10;

  private final Random random;
  private final FaultyDisk disk = new FaultyDisk();
  private final TestQueue test;

  private final List<QueueEntry> held = new ArrayList<>();
  private final Set<Integer> mayComeBack = new HashSet<>();
  private int read;
  private int nextNumber;
  private boolean diskFailed;

  private int steps;
  private int restarts;
  private int failures;

  ModelRun(Path folder, Random random) {
    this.random = random;
    this.test =
        new TestQueue(folder)
            .files(disk)
            .sync(QueueSync.values()[random.nextInt(QueueSync.values().length)])
            .segmentEntries(1 + random.nextInt(6))
            .maxBytes(MAX_BYTES)
            .maxMemoryRecords(1 + random.nextInt(30))
            .smallBytes(random.nextInt(4) * 500)
            .memoryBytes(random.nextBoolean() ? 1 << 20 : random.nextInt(4000));
  }

  void run() {
    test.open();
    int length = MAX_STEPS / 2 + random.nextInt(MAX_STEPS / 2);
    for (steps = 0; steps < length; steps++) {
      step();
      check();
    }
    restart();
    drain();
    test.close();
    // A header that was written by half is damage like any other: its file is kept.
    assertTrue(failures > 0 || test.fileNames().isEmpty(), "left behind: " + test.fileNames());
  }

  private void step() {
    int chance = random.nextInt(100);
    if (chance < 40) {
      append();
    } else if (chance < 65) {
      read();
    } else if (chance < 80) {
      remove(random.nextInt(read + 1));
    } else if (chance < 84) {
      dropOldest();
    } else if (chance < 86) {
      test.queue.deleteEmptyFile();
      recordDiskFailure();
    } else if (chance < 92) {
      failSoon();
    } else {
      restart();
    }
  }

  private void append() {
    List<QueueEntry> entries = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int payload = 4 + random.nextInt(random.nextInt(10) == 0 ? 9000 : 200);
      entries.add(Entries.entry(nextNumber++, payload, random.nextInt(6)));
    }
    AppendResult result = test.queue.append(entries);
    if (result == AppendResult.APPENDED) {
      held.addAll(entries);
    } else if (result == AppendResult.FAILED) {
      entries.forEach(entry -> mayComeBack.add(Entries.numberOf(entry)));
    } else {
      assertTrue(test.queue.bytes() + QueueEntry.diskBytes(entries) > MAX_BYTES, "full too early");
    }
    recordDiskFailure();
  }

  private void read() {
    for (int i = random.nextInt(8); i >= 0; i--) {
      QueueEntry entry = test.queue.read();
      if (entry == null) {
        boolean nothingMore = read == held.size();
        boolean enoughOut = read > 0;
        assertTrue(nothingMore || enoughOut || test.queue.isFailing(), "nothing was read");
        break;
      }
      assertEquals(Entries.numberOf(held.get(read)), Entries.numberOf(entry));
      read++;
    }
    recordDiskFailure();
  }

  private void remove(int count) {
    test.queue.remove(count);
    for (int i = 0; i < count; i++) {
      mayComeBack.add(Entries.numberOf(held.remove(0)));
    }
    read -= count;
    recordDiskFailure();
  }

  /** Only while nothing is in flight: what is dropped are the oldest of all then. */
  private void dropOldest() {
    if (read > 0) {
      return;
    }
    int before = held.size();
    long dropped = test.queue.dropOldest(random.nextInt(MAX_BYTES));
    List<QueueEntry> gone = held.subList(0, before - (int) test.queue.entries());
    assertEquals(gone.stream().mapToLong(QueueEntry::records).sum(), dropped);
    gone.forEach(entry -> mayComeBack.add(Entries.numberOf(entry)));
    gone.clear();
    recordDiskFailure();
  }

  private void failSoon() {
    Set<FaultyDisk.Operation> kinds =
        random.nextBoolean()
            ? EnumSet.allOf(FaultyDisk.Operation.class)
            : EnumSet.of(FaultyDisk.Operation.values()[random.nextInt(FaultyDisk.Operation.values().length)]);
    disk.fail(kinds, 1 + random.nextInt(10), 1 + random.nextInt(12));
  }

  /** Notes whether the disk has failed since it was asked last. */
  private void recordDiskFailure() {
    if (disk.failed()) {
      diskFailed = true;
      failures++;
    }
  }

  private void restart() {
    restarts++;
    disk.stopFailing();
    test.reopen();
    read = 0;
    if (!diskFailed) {
      return;
    }
    diskFailed = false;
    List<QueueEntry> found = new ArrayList<>();
    int must = 0;
    for (QueueEntry entry = test.queue.read(); entry != null; entry = test.queue.read()) {
      found.add(entry);
      int number = Entries.numberOf(entry);
      if (must < held.size() && Entries.numberOf(held.get(must)) == number) {
        must++;
      } else {
        assertTrue(mayComeBack.contains(number), number + " comes from nowhere");
      }
      test.queue.remove(1);
    }
    assertEquals(held.size(), must, "not all that was acknowledged is there");
    held.clear();
  }

  private void drain() {
    while (!held.isEmpty()) {
      QueueEntry entry = test.queue.read();
      assertEquals(Entries.numberOf(held.remove(0)), Entries.numberOf(entry));
      test.queue.remove(1);
    }
    assertNull(test.queue.read());
  }

  private void check() {
    assertEquals(held.size(), test.queue.entries());
    assertEquals(held.stream().mapToLong(QueueEntry::records).sum(), test.queue.records());
    assertEquals(0, test.tally.lost);
    assertTrue(test.queue.bytes() <= MAX_BYTES, "bytes " + test.queue.bytes());
  }

  int steps() {
    return steps;
  }

  int restarts() {
    return restarts;
  }

  int failures() {
    return failures;
  }

  @Override
  public String toString() {
    return steps + " " + restarts + " " + failures + " " + nextNumber;
  }
}
