package cloud.gardener.logging.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.QueueSync;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters are kept, bounded, and can be read; as can any segment. */
class DeadLetterQueueTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int dump(Object... args) {
    out.reset();
    err.reset();
    String[] words = Stream.of(args).map(Object::toString).toArray(String[]::new);
    return SegmentDump.run(
        words, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  private List<String> lines() {
    return out.toString(UTF_8).lines().toList();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  @Test
  void shouldKeepLettersForWhoeverReadsThem() throws QueueException, IOException {
    try (QueueFolder home = QueueFolder.open(folder, 1, "the test");
        DeadLetterQueue letters = home.openDeadLetters(QueueSync.FULL, new Tally())) {
      letters.add(bytes("first"), 3, "otlp", "INVALID_ARGUMENT: bad\nrecord");
      letters.add(bytes("second"), 1, "../msgpack", "a defect");
      assertEquals(4, letters.records());
      assertTrue(letters.bytes() > 0);
      assertEquals(List.of(), home.leftQueues(), "nobody sends dead letters");
    }
    Path to = folder.resolve("to");

    assertEquals(0, dump("--to", to, folder));

    assertTrue(lines().get(0).endsWith("0000000000000000.segment: 2 entries wait"), lines().get(0));
    assertTrue(
        lines().get(1).matches(
            "  at 32: waits, 3 records of 20.*Z, 5 bytes, dead: INVALID_ARGUMENT: bad record"),
        lines().get(1));
    assertArrayEquals(
        "first".getBytes(UTF_8),
        Files.readAllBytes(to.resolve("0000000000000000.segment-32.otlp")));
    try (Stream<Path> files = Files.list(to)) {
      assertEquals(2, files.count());
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

  @Test
  void shouldShowWhatWasSentAndWhatIsDamaged() throws IOException {
    TestQueue test = new TestQueue(folder).maxBytes(1 << 19).open();
    test.queue.append(Entries.entries(0, 4, 100));
    test.queue.read();
    test.queue.remove(1);
    test.close();
    Path segment = test.path().resolve(test.fileNames().get(0));
    byte[] all = Files.readAllBytes(segment);
    all[32 + 2 * 132 + 131] ^= 1; // The payload of entry 2.
    Files.write(segment, all);

    assertEquals(1, dump(segment));
    assertTrue(lines().get(0).endsWith(": 3 entries wait"));
    assertTrue(lines().get(1).startsWith("  at 32: was sent, 1 records"), lines().get(1));
    assertTrue(lines().get(2).startsWith("  at 164: waits, 2 records"), lines().get(2));
    assertTrue(lines().get(3).endsWith("100 bytes, damaged"), lines().get(3));
    assertEquals(5, lines().size(), "the free space at the end is not shown");

    Arrays.fill(all, 0, 32, (byte) 0);
    Arrays.fill(all, 32 + 3 * 132, 32 + 3 * 132 + 40, (byte) 9);
    Files.write(segment, all);
    assertEquals(1, dump(segment));
    assertTrue(lines().get(0).endsWith(": its header is damaged"));
    assertTrue(lines().get(1).contains("whether it was sent is not known, 1 records"));
    assertTrue(lines().get(4).endsWith("bytes are damaged"), lines().get(4));
  }

  @Test
  void shouldSayHowItIsCalled() {
    assertEquals(2, dump());
    assertTrue(err.toString(UTF_8).startsWith("usage: SegmentDump"));
    assertEquals(2, dump("--help"));
    assertEquals(2, dump(folder.resolve("nothing")));
    assertTrue(err.toString(UTF_8).startsWith("cannot read or write: "), err.toString(UTF_8));
  }
}
