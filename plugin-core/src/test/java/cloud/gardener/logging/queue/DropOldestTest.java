package cloud.gardener.logging.queue;

import static cloud.gardener.logging.queue.Entries.entries;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Room is made by giving up the oldest entries: four segments of two, of 30 kB each. */
class DropOldestTest {
  private static final int PAYLOAD = 30_000;

  @TempDir Path folder;
  private TestQueue test;

  @BeforeEach
  void fill() {
    test = new TestQueue(folder).segmentEntries(2).maxBytes(4 * 64_000 + 4_000).open();
    for (int number = 0; number < 8; number += 2) {
      assertEquals(
          AppendResult.APPENDED, test.queue.append(entries(number, number + 2, PAYLOAD)));
    }
  }

  private long dropFor(List<QueueEntry> entries) {
    return test.queue.dropOldest(QueueEntry.diskBytes(entries));
  }

  @Test
  void shouldDropTheOldestSegmentAndTellItsRecords() {
    List<QueueEntry> next = entries(8, 10, PAYLOAD);
    assertEquals(AppendResult.FULL, test.queue.append(next));

    assertEquals(Entries.records(0) + Entries.records(1), dropFor(next));

    assertEquals(AppendResult.APPENDED, test.queue.append(next));
    assertEquals(List.of(2, 3, 4, 5, 6, 7, 8, 9), test.drain());
    assertEquals(0, test.queue.records());
    assertEquals(0, test.queue.bytes());
    test.close();
  }

  @Test
  void shouldDropNothingWhenThereIsRoom() {
    test.drain();
    test.queue.append(entries(8, 10, PAYLOAD));
    assertEquals(0, dropFor(entries(10, 12, PAYLOAD)));
    assertEquals(2, test.queue.entries());
    test.close();
  }

  @Test
  void shouldKeepWhatIsOnItsWay() {
    assertEquals(0, Entries.numberOf(test.queue.read()));

    assertEquals(
        Entries.records(2) + Entries.records(3), dropFor(entries(8, 10, PAYLOAD)));

    assertEquals(List.of(1, 4, 5, 6, 7), test.read());
    test.queue.remove(6);
    assertEquals(0, test.queue.entries());
    assertEquals(0, test.queue.bytes());
    test.close();
  }

  @Test
  void shouldDropWhatIsReadFromDiskAsWell() {
    test.memoryBytes(0).reopen();
    assertEquals(0, Entries.numberOf(test.queue.read()));
    test.queue.remove(1);

    assertEquals(Entries.records(1), dropFor(entries(8, 9, PAYLOAD)));

    assertEquals(List.of(2, 3, 4, 5, 6, 7), test.drain());
    test.close();
  }

  @Test
  void shouldDropNothingWhenThatWouldNotBeEnough() {
    test.read();
    assertEquals(0, dropFor(entries(8, 10, PAYLOAD)), "all is on its way");
    assertEquals(8, test.queue.entries());
    test.close();
  }

  @Test
  void shouldNotBringBackWhatWasDropped() {
    dropFor(entries(8, 10, PAYLOAD));
    test.reopen();
    assertEquals(List.of(2, 3, 4, 5, 6, 7), test.drain());
    test.close();
  }

  @Test
  void shouldMakeRoomForWhatIsLargerThanTheBound() {
    List<QueueEntry> large = entries(8, 9, 400_000);
    assertTrue(dropFor(large) > 0);
    assertEquals(AppendResult.APPENDED, test.queue.append(large));
    assertEquals(List.of(8), test.drain());
    test.close();
  }
}
