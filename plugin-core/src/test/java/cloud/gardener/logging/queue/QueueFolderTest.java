package cloud.gardener.logging.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An output's folder belongs to one output of one process; whoever else wants it is told who has it. */
class QueueFolderTest {
  private static final long BOUND = 1 << 20;

  @TempDir Path folder;

  /** The other process: locks the folder, says so, and waits until its input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      QueueFolder.open(Path.of(args[0]), BOUND, "the output to elsewhere:4317");
      System.out.println("locked");
      System.in.read();
      Runtime.getRuntime().halt(0);
    }
  }

  /** Another process that tries to lock the folder, and says what came of it. */
  static final class Rival {
    private Rival() {}

    public static void main(String[] args) {
      try {
        QueueFolder.open(Path.of(args[0]), BOUND, "the rival");
        System.out.println("locked");
      } catch (QueueException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void shouldKeepTheLockWhenAnotherOutputOfThisProcessIsRefused() throws Exception {
    QueueFolder first = QueueFolder.open(folder, BOUND, "first");
    assertThrows(QueueException.class, () -> QueueFolder.open(folder, BOUND, "second"));

    assertEquals(
        "the queue's folder " + folder + " is locked by another process (process "
            + ProcessHandle.current().pid() + ", first): stop that one, or choose another DQueDir"
            + " or DQueName for the rival",
        lockAsRival());
    first.close();
    assertEquals("locked", lockAsRival());
  }

  private String lockAsRival() throws Exception {
    Process rival = java(Rival.class);
    try (BufferedReader output = outputOf(rival)) {
      return output.readLine();
    } finally {
      rival.destroyForcibly();
      assertTrue(rival.waitFor(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void shouldRefuseASecondOutputAlsoWhenTheLocksFileIsGone() throws Exception {
    try (QueueFolder first = QueueFolder.open(folder, BOUND, "first")) {
      Files.delete(first.path().resolve("lock"));
      assertThrows(QueueException.class, () -> QueueFolder.open(folder, BOUND, "second"));
    }
    QueueFolder.open(folder, BOUND, "second").close();
  }

  @Test
  void shouldNameTheOtherOutputOfThisProcess() throws QueueException {
    try (QueueFolder first = QueueFolder.open(folder, BOUND, "the output to a:4317")) {
      assertEquals(folder, first.path());
      QueueException e =
          assertThrows(
              QueueException.class, () -> QueueFolder.open(folder, BOUND, "the output to b:4317"));

      assertEquals(
          "the queue's folder " + folder + " is used by another output of this process (process "
              + ProcessHandle.current().pid() + ", the output to a:4317): choose another DQueName"
              + " for the output to b:4317",
          e.getMessage());
    }
    QueueFolder.open(folder, BOUND, "the next").close();
  }

  @Test
  void shouldKnowTheFolderUnderAnotherName() throws QueueException, IOException {
    Path link = folder.resolve("link");
    Path real = Files.createDirectory(folder.resolve("real"));
    Files.createSymbolicLink(link, real);
    try (QueueFolder first = QueueFolder.open(real, BOUND, "first")) {
      assertThrows(QueueException.class, () -> QueueFolder.open(link, BOUND, "second"));
      assertEquals(0, first.bytes());
    }
  }

  @Test
  void shouldNameTheOtherProcessAndTakeOverWhenItDies() throws Exception {
    Process other = java(Holder.class);
    try (BufferedReader output = outputOf(other)) {
      assertEquals("locked", output.readLine());
      QueueException e =
          assertThrows(QueueException.class, () -> QueueFolder.open(folder, BOUND, "me"));
      assertTrue(
          e.getMessage()
              .contains("(process " + other.pid() + ", the output to elsewhere:4317): stop that"),
          e.getMessage());
    } finally {
      other.destroyForcibly();
      assertTrue(other.waitFor(10, TimeUnit.SECONDS));
    }
    QueueFolder.open(folder, BOUND, "me").close();
  }

  private Process java(Class<?> main) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static BufferedReader outputOf(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @Test
  void shouldSayWhatCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    QueueException e =
        assertThrows(QueueException.class, () -> QueueFolder.open(file, BOUND, "me"));
    assertTrue(
        e.getMessage().startsWith("cannot write to the queue's folder " + file + ", check DQueDir"),
        e.getMessage());
  }

  @Test
  void shouldOpenAQueueOnceAtATime() throws QueueException {
    try (TestQueue test = new TestQueue(folder).open()) {
      QueueFolder home = test.home();
      assertThrows(
          IllegalArgumentException.class,
          () -> home.openQueue(TestQueue.NAME, test.config(), new Tally()));
      test.queue.close();
      home.openQueue(TestQueue.NAME, test.config(), new Tally()).close();
    }
  }

  @Test
  void shouldTakeNoNameThatLeavesTheFolder() {
    try (TestQueue test = new TestQueue(folder).open()) {
      for (String name : List.of("..", ".", "", "a/b", "/tmp", "../other")) {
        assertThrows(
            IllegalArgumentException.class,
            () -> test.home().openQueue(name, test.config(), new Tally()),
            name);
      }
    }
  }

  @Test
  void shouldNameTheQueuesOfAnEarlierRun() throws QueueException {
    try (TestQueue test = new TestQueue(folder).open()) {
      for (String name : List.of("b", "a")) {
        try (DiskQueue queue = test.home().openQueue(name, test.config(), new Tally())) {
          queue.append(Entries.entries(0, 1, 10));
        }
      }
      test.append(Entries.entry(1, 10, 1));
      test.drain();
      test.queue.deleteEmptyFile();
      assertEquals(List.of("a", "b"), test.home().queuesWithEntries());
    }
  }
}
