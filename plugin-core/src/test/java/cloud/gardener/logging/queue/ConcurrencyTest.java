package cloud.gardener.logging.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several flushing threads and one worker on one queue. */
class ConcurrencyTest {
  private static final int APPENDERS = 4;
  private static final int EACH = 2000;

  @TempDir(factory = MemoryFolder.class)
  Path folder;

  /** Refused for now is appended again, as Fluent Bit does. */
  private static void append(DiskQueue queue, int appender) {
    for (int i = 0; i < EACH; ) {
      int number = appender * EACH + i;
      List<QueueEntry> chunk = Entries.entries(number, number + 2, 300);
      if (queue.append(chunk) == AppendResult.APPENDED) {
        i += 2;
      } else {
        Thread.yield();
      }
    }
  }

  @Test
  void shouldDeliverEachAppendersEntriesInItsOrder() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(APPENDERS);
    try (TestQueue test =
        new TestQueue(folder).segmentEntries(7).maxBytes(600_000).memoryBytes(20_000).open()) {
      List<Future<?>> appenders = new ArrayList<>();
      for (int i = 0; i < APPENDERS; i++) {
        int appender = i;
        appenders.add(threads.submit(() -> append(test.queue, appender)));
      }
      int[] next = new int[APPENDERS];
      int delivered = 0;
      int out = 0;
      long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (delivered < APPENDERS * EACH) {
        assertTrue(System.nanoTime() - deadlineNs < 0, delivered + " delivered");
        QueueEntry entry = test.queue.read();
        if (entry != null) {
          int number = Entries.numberOf(entry);
          assertEquals(next[number / EACH]++, number % EACH);
          delivered++;
          out++;
        }
        if (entry == null || out == 5) {
          test.queue.remove(out);
          out = 0;
        }
      }
      test.queue.remove(out);
      for (Future<?> appender : appenders) {
        appender.get();
      }
      assertEquals(0, test.queue.entries());
      assertEquals(0, test.queue.records());
      assertEquals(0, test.home().bytes());
      test.queue.deleteEmptyFile();
      assertEquals(List.of(), test.fileNames());
    } finally {
      threads.shutdown();
      assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
    }
  }
}
