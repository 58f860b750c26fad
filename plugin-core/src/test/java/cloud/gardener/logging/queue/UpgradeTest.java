package cloud.gardener.logging.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.QueueSync;
import cloud.gardener.logging.tool.queue.QueueCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * A queue that an earlier release left is read: entries, half of a segment, dead letters. The files of each release
 * lie in {@code queue/<version>}, as that release wrote them, and are never changed. {@code -Dupdate.queue=<version>}
 * writes those of a new one.
 */
class UpgradeTest {
  private static final int ENTRIES = 7;
  private static final int REMOVED = 2;
  private static final Path RELEASES =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/queue");
  private static final String SEGMENT = "0000000000000000.segment";

  @TempDir Path folder;

  static List<String> releases() throws IOException {
    String release = System.getProperty("update.queue", "");
    if (!release.isEmpty()) {
      write(RELEASES.resolve(release));
    }
    try (Stream<Path> folders = Files.list(RELEASES)) {
      return folders.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void shouldHaveTheFilesOfARelease() throws IOException {
    assertFalse(releases().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("releases")
  void shouldDeliverWhatAReleaseLeft(String release) throws IOException {
    unpack(release, TestQueue.NAME);

    try (TestQueue test = new TestQueue(folder).open()) {
      long records = IntStream.range(REMOVED, ENTRIES).mapToLong(Entries::records).sum();
      assertEquals(records, test.queue.recoveredRecords());
      assertEquals(IntStream.range(REMOVED, ENTRIES).boxed().toList(), test.drain());
      assertEquals(0, test.tally.lost);
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void shouldAppendToWhatAReleaseLeft(String release) throws IOException {
    unpack(release, TestQueue.NAME);

    try (TestQueue test = new TestQueue(folder).open()) {
      test.append(Entries.entry(ENTRIES, 40, 1));
      assertEquals(IntStream.rangeClosed(REMOVED, ENTRIES).boxed().toList(), test.drain());
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void shouldListTheDeadLettersThatAReleaseLeft(String release) throws IOException {
    Path letters = unpack(release, "dead_letters");
    StringWriter out = new StringWriter();

    CommandLine line = new CommandLine(new QueueCommand()).setOut(new PrintWriter(out));
    assertEquals(0, line.execute("show", letters.toString()));

    String text = out.toString();
    assertTrue(text.contains(SEGMENT + ": 1 entries wait"), text);
    assertTrue(text.contains(", 3 records of "), text);
    assertTrue(text.contains(", 6 bytes, dead: INVALID_ARGUMENT"), text);
  }

  /** Puts the files of a release where the plugin finds them. Git keeps them without their zeros. */
  private Path unpack(String release, String queue) throws IOException {
    Path target = Files.createDirectories(folder.resolve(queue));
    Path packed = RELEASES.resolve(release).resolve(queue + ".segment.gz");
    try (InputStream segment = new GZIPInputStream(Files.newInputStream(packed))) {
      Files.copy(segment, target.resolve(SEGMENT));
    }
    return target;
  }

  private static void write(Path release) throws IOException {
    Files.createDirectories(release);
    Path written = Files.createTempDirectory("queue");
    try (TestQueue test = new TestQueue(written).maxBytes(1 << 19).open();
        DeadLetterQueue letters = test.home().openDeadLetters(QueueSync.FULL, new Tally())) {
      test.queue.append(Entries.entries(0, ENTRIES, 40));
      IntStream.range(0, REMOVED).forEach(i -> test.queue.read());
      test.queue.remove(REMOVED);
      letters.add(ByteBuffer.wrap("letter".getBytes(UTF_8)), 3, "otlp", "INVALID_ARGUMENT");
    } catch (QueueException e) {
      throw new IOException(e);
    }
    for (String queue : List.of(TestQueue.NAME, "dead_letters")) {
      Path packed = release.resolve(queue + ".segment.gz");
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
        Files.copy(written.resolve(queue).resolve(SEGMENT), out);
      }
    }
  }
}
