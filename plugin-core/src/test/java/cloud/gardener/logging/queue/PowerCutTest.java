package cloud.gardener.logging.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.QueueSync;
import cloud.gardener.logging.queue.segment.PowerDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power fails at any operation. {@code -Dqueue.cuts=100000} for a long run; a failure prints the seed.
 */
class PowerCutTest {
  private static final int CUTS = Integer.getInteger("queue.cuts", 1000);

  @TempDir(factory = MemoryFolder.class)
  Path folder;

  private record Outcome(int lost, int repeated) {}

  @Test
  void shouldLoseNothingAcknowledgedWithSyncFull() throws IOException {
    int repeated = 0;
    for (int seed = 0; seed < CUTS; seed++) {
      Outcome outcome = cut(seed, QueueSync.FULL);
      assertEquals(0, outcome.lost, "lost entries, seed " + seed);
      repeated += outcome.repeated;
    }
    assertTrue(repeated > 0, "no cut ever fell between an append and its answer");
  }

  /** Shows that the disk of this test does forget: what the test above proves is not for nothing. */
  @Test
  void shouldLoseOnlyWithSyncNormal() throws IOException {
    int lost = 0;
    for (int seed = 0; seed < CUTS / 10; seed++) {
      lost += cut(seed, QueueSync.NORMAL).lost;
    }
    assertTrue(lost > 0);
  }

  private Outcome cut(int seed, QueueSync sync) throws IOException {
    Random random = new Random(seed);
    PowerDisk disk = new PowerDisk(random);
    Path store = folder.resolve(sync + "-" + seed);
    TestQueue test = new TestQueue(store).files(disk).sync(sync).maxBytes(1 << 19);
    test.segmentEntries(2 + random.nextInt(8)).open();

    List<Integer> waiting = new ArrayList<>();
    Set<Integer> mayBeThere = new HashSet<>();
    disk.failAfter(random.nextInt(200));
    for (int step = 0, number = 0; step < 40; step++) {
      if (random.nextInt(3) > 0) {
        int size = 1 + random.nextInt(4);
        int payload = 4 + random.nextInt(5000);
        List<QueueEntry> entries = Entries.entries(number, number + size, payload);
        boolean taken = test.queue.append(entries) == AppendResult.APPENDED;
        for (int i = 0; i < size; i++) {
          (taken ? waiting : mayBeThere).add(number++);
        }
      } else if (test.queue.read() != null) {
        mayBeThere.add(waiting.remove(0));
        test.queue.remove(1);
      }
    }
    test.close();
    disk.losePower(store);

    test.open();
    List<Integer> after = test.drain();
    test.close();
    int missing = (int) waiting.stream().filter(number -> !after.contains(number)).count();
    List<Integer> extra = new ArrayList<>(after);
    extra.removeAll(waiting);
    assertTrue(mayBeThere.containsAll(extra), "seed " + seed + ": from nowhere, of " + extra);
    List<Integer> inOrder = new ArrayList<>(after);
    inOrder.retainAll(waiting);
    assertEquals(inOrder.stream().sorted().toList(), inOrder, "seed " + seed + ": order");
    return new Outcome(missing, extra.size());
  }
}
