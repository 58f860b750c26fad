package cloud.gardener.logging.queue;

import cloud.gardener.logging.config.QueueConfig;
import cloud.gardener.logging.config.value.FullPolicy;
import cloud.gardener.logging.config.value.QueueSync;
import cloud.gardener.logging.queue.segment.FileAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * One queue in a folder, opened as the plugin does. To close it is what a death of the process does to
 * the disk: the queue writes nothing when it is closed.
 */
final class TestQueue implements AutoCloseable {
  static final String NAME = "seed";
  private static final long GIGABYTE = 1 << 30;

  /** Thousands of damaged stores would fill the console; kept here, or it would be collected. */
  private static final Logger LOG = Logger.getLogger(TestQueue.class.getPackageName());

  static {
    LOG.setUseParentHandlers(false);
  }

  private final Path folder;
  private FileAccess files = new FileAccess();
  private QueueSync sync = QueueSync.NORMAL;
  private int segmentEntries = 500;
  private long maxBytes = GIGABYTE;
  private long totalMaxBytes = GIGABYTE;
  private int maxMemoryRecords = Integer.MAX_VALUE;
  private int smallBytes;
  private long memoryBytes = GIGABYTE;

  private QueueFolder home;
  DiskQueue queue;
  Tally tally;

  TestQueue(Path folder) {
    this.folder = folder;
  }

  TestQueue files(FileAccess access) {
    files = access;
    return this;
  }

  TestQueue sync(QueueSync chosen) {
    sync = chosen;
    return this;
  }

  TestQueue segmentEntries(int entries) {
    segmentEntries = entries;
    return this;
  }

  TestQueue maxBytes(long bytes) {
    maxBytes = bytes;
    return this;
  }

  TestQueue totalMaxBytes(long bytes) {
    totalMaxBytes = bytes;
    return this;
  }

  TestQueue maxMemoryRecords(int records) {
    maxMemoryRecords = records;
    return this;
  }

  TestQueue smallBytes(int bytes) {
    smallBytes = bytes;
    return this;
  }

  TestQueue memoryBytes(long bytes) {
    memoryBytes = bytes;
    return this;
  }

  TestQueue open() {
    try {
      home = QueueFolder.open(folder, totalMaxBytes, "the test", files, memoryBytes);
      tally = new Tally();
      queue = home.openQueue(NAME, config(), tally);
      return this;
    } catch (QueueException e) {
      throw new AssertionError(e);
    }
  }

  QueueConfig config() {
    return new QueueConfig(
        folder,
        "test",
        segmentEntries,
        sync,
        maxBytes,
        totalMaxBytes,
        FullPolicy.RETRY,
        maxMemoryRecords,
        smallBytes);
  }

  QueueFolder home() {
    return home;
  }

  /** Where the queue's files are. */
  Path path() {
    return folder.resolve(NAME);
  }

  void reopen() {
    close();
    open();
  }

  AppendResult append(QueueEntry... entries) {
    return queue.append(List.of(entries));
  }

  /** Reads what may be read now; the entries stay in the queue. */
  List<Integer> read() {
    List<Integer> numbers = new ArrayList<>();
    for (QueueEntry entry = queue.read(); entry != null; entry = queue.read()) {
      numbers.add(Entries.numberOf(entry));
    }
    return numbers;
  }

  /** Reads and removes one entry after the other. */
  List<Integer> drain() {
    List<Integer> numbers = new ArrayList<>();
    for (QueueEntry entry = queue.read(); entry != null; entry = queue.read()) {
      numbers.add(Entries.numberOf(entry));
      queue.remove(1);
    }
    return numbers;
  }

  /** The names of the queue's files, sorted. */
  List<String> fileNames() {
    if (!Files.exists(path())) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(path())) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many of the queue's files this process has open. */
  long openFiles() {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(this::isOurs).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isOurs(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(path());
    } catch (IOException e) {
      return false; // Closed meanwhile.
    }
  }

  @Override
  public void close() {
    queue.close();
    home.close();
  }
}
