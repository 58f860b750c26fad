package cloud.gardener.logging.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.QueueSync;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters are kept, and bounded. QueueCommandTest reads them. */
class DeadLetterQueueTest {
  @TempDir Path folder;

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  @Test
  void shouldKeepLettersForWhoeverReadsThem() throws QueueException {
    try (QueueFolder home = QueueFolder.open(folder, 1, "the test");
        DeadLetterQueue letters = home.openDeadLetters(QueueSync.FULL, new Tally())) {
      letters.add(bytes("first"), 3, "otlp", "INVALID_ARGUMENT: bad\nrecord");
      letters.add(bytes("second"), 1, "../msgpack", "a defect");
      assertEquals(4, letters.records());
      assertTrue(letters.bytes() > 0);
      assertEquals(List.of(), home.queuesWithEntries(), "nobody sends dead letters");
    }
  }

  @Test
  void shouldKeepTheFirstLettersWhenItIsFull() throws QueueException {
    ByteBuffer large = ByteBuffer.allocate(9 << 20);
    try (QueueFolder home = QueueFolder.open(folder, 1, "the test")) {
      try (DeadLetterQueue letters = home.openDeadLetters(QueueSync.NORMAL, new Tally())) {
        for (int i = 0; i < 7; i++) {
          assertEquals(AppendResult.APPENDED, letters.add(large, 1, "otlp", "reason"));
        }
        assertEquals(AppendResult.FULL, letters.add(large, 1, "otlp", "reason"));
        assertEquals(AppendResult.APPENDED, letters.add(bytes("small"), 1, "otlp", "reason"));
        assertEquals(8, letters.records());
        assertTrue(letters.bytes() <= QueueFolder.DEAD_LETTER_BYTES);
      }
      try (DeadLetterQueue letters = home.openDeadLetters(QueueSync.NORMAL, new Tally())) {
        assertEquals(8, letters.records(), "after a restart");
        assertEquals(AppendResult.FULL, letters.add(large, 1, "otlp", "reason"));
      }
    }
  }
}
