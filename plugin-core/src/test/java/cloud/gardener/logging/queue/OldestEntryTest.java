package cloud.gardener.logging.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The age of what waits. */
class OldestEntryTest {
  @TempDir private Path folder;
  private TestQueue test;

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void shouldBeThatOfTheEntryThatIsNextToBeRemoved() {
    test = new TestQueue(folder).open();
    assertEquals(0, test.queue.oldestMs());

    test.append(at(1000));
    test.append(at(2000));
    assertEquals(1000, test.queue.oldestMs());

    test.queue.read();
    test.queue.read();
    assertEquals(1000, test.queue.oldestMs());

    test.queue.remove(1);
    assertEquals(2000, test.queue.oldestMs());

    test.queue.remove(1);
    assertEquals(0, test.queue.oldestMs());
  }

  @Test
  void shouldBeThatOfTheLastOneUntilTheNextIsReadFromDisk() {
    test = new TestQueue(folder).maxMemoryRecords(1).open();
    test.append(at(1000));
    test.append(at(2000));
    test.queue.read();
    test.queue.remove(1);

    assertEquals(1000, test.queue.oldestMs());

    test.queue.read();
    assertEquals(2000, test.queue.oldestMs());
  }

  @Test
  void shouldBeKnownAfterARestartOnceItIsRead() {
    test = new TestQueue(folder).open();
    test.append(at(1000));
    test.reopen();
    assertEquals(0, test.queue.oldestMs());

    test.queue.read();
    assertEquals(1000, test.queue.oldestMs());
  }

  private static QueueEntry at(long enqueuedAtMs) {
    byte[] bytes = new byte[QueueEntry.HEADER_BYTES + 10];
    return QueueEntry.seal(bytes, bytes.length, 1, enqueuedAtMs);
  }
}
