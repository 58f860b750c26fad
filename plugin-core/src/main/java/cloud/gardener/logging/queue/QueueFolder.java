package cloud.gardener.logging.queue;

import cloud.gardener.logging.config.QueueConfig;
import cloud.gardener.logging.config.value.FullPolicy;
import cloud.gardener.logging.config.value.QueueSync;
import cloud.gardener.logging.queue.segment.FileAccess;
import cloud.gardener.logging.queue.segment.SegmentFolder;
import cloud.gardener.logging.queue.segment.SegmentNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The folder of one output: a subfolder per queue, one lock for all queues, and their common limits on disk and in
 * memory. There is one lock rather than one per queue, so that hundreds of idle queues hold no open file.
 *
 * <p>Thread-safe.
 */
public final class QueueFolder implements AutoCloseable {
  /** The folder of the dead letters. No namespace can have this name. */
  public static final String DEAD_LETTERS = "dead_letters";

  /** Upper bound of the dead letters' bytes on disk. */
  public static final long DEAD_LETTER_BYTES = 64 << 20;

  private static final int DEAD_LETTERS_PER_SEGMENT = 500;

  /**
   * The memory budget is this fraction of the heap (1/8): other outputs, the encoders and the clients need the rest.
   */
  private static final int HEAP_DIVISOR = 8;

  private final Path path;
  private final FolderLock lock;
  private final FileAccess files;
  private final DiskBudget disk;
  private final MemoryBudget memory;
  private final Set<String> open = new HashSet<>();

  private QueueFolder(Path path, FolderLock lock, FileAccess files, long maxBytes, long memory) {
    this.path = path;
    this.lock = lock;
    this.files = files;
    this.disk = new DiskBudget(maxBytes);
    this.memory = new MemoryBudget(memory);
  }

  /**
   * Locks the folder of an output, and creates it when it is missing.
   *
   * @param maxBytes upper bound of the bytes on disk of all its queues together
   * @param output the user of the folder, in a few words for error messages
   * @throws QueueException when the folder cannot be written, or another output or process uses it
   */
  public static QueueFolder open(Path folder, long maxBytes, String output) throws QueueException {
    long memory = Runtime.getRuntime().maxMemory() / HEAP_DIVISOR;
    return open(folder, maxBytes, output, new FileAccess(), memory);
  }

  static QueueFolder open(
      Path folder, long maxBytes, String output, FileAccess files, long memoryBytes)
      throws QueueException {
    Path path = folder.toAbsolutePath().normalize();
    return new QueueFolder(path, FolderLock.acquire(path, output), files, maxBytes, memoryBytes);
  }

  /**
   * Opens a queue with the entries that an earlier run left in it.
   *
   * @param name of the queue and its folder: a single path element
   * @throws QueueException when the queue's folder cannot be read
   * @throws IllegalArgumentException when {@code name} is not a single path element, or the queue is already open
   */
  public DiskQueue openQueue(String name, QueueConfig config, QueueListener listener)
      throws QueueException {
    return openQueue(name, config, disk, memory, listener);
  }

  /**
   * Opens the output's dead letters. They have their own bound, {@link #DEAD_LETTER_BYTES}, so that a full queue
   * does not lose them.
   *
   * @param sync what an addition waits for
   * @throws QueueException when their folder cannot be read
   */
  public DeadLetterQueue openDeadLetters(QueueSync sync, QueueListener listener)
      throws QueueException {
    QueueConfig config =
        new QueueConfig(
            path,
            DEAD_LETTERS,
            DEAD_LETTERS_PER_SEGMENT,
            sync,
            DEAD_LETTER_BYTES,
            DEAD_LETTER_BYTES,
            FullPolicy.RETRY,
            1,
            0);
    DiskBudget own = new DiskBudget(DEAD_LETTER_BYTES);
    MemoryBudget none = new MemoryBudget(0); // The plugin never reads dead letters.
    return new DeadLetterQueue(openQueue(DEAD_LETTERS, config, own, none, listener));
  }

  private DiskQueue openQueue(
      String name, QueueConfig config, DiskBudget disk, MemoryBudget memory, QueueListener listener)
      throws QueueException {
    Path folder = path.resolve(name);
    if (!path.equals(folder.getParent()) || !folder.equals(folder.normalize())) {
      throw new IllegalArgumentException("not a queue's name: " + name);
    }
    synchronized (open) {
      if (!open.add(name)) {
        throw new IllegalArgumentException("the queue is open already: " + folder);
      }
    }
    boolean opened = false;
    try {
      SegmentFolder segments = new SegmentFolder(folder, files, config.sync());
      DiskQueue queue =
          new DiskQueue(segments, config, disk, memory, listener, () -> release(name));
      opened = true;
      return queue;
    } catch (IOException e) {
      throw new QueueException("cannot read the queue in " + folder + ": " + e, e);
    } finally {
      if (!opened) {
        release(name);
      }
    }
  }

  private void release(String name) {
    synchronized (open) {
      open.remove(name);
    }
  }

  /**
   * The queues in which an earlier run left entries, without the dead letters.
   *
   * @throws QueueException when the folder cannot be read
   */
  public List<String> queuesWithEntries() throws QueueException {
    try {
      List<String> names = new ArrayList<>();
      for (Path folder : files.list(path)) {
        if (Files.isDirectory(folder)
            && !folder.endsWith(DEAD_LETTERS)
            && files.list(folder).stream().anyMatch(file -> SegmentNames.numberOf(file) >= 0)) {
          names.add(folder.getFileName().toString());
        }
      }
      return names;
    } catch (IOException e) {
      throw new QueueException("cannot read the queues in " + path + ": " + e, e);
    }
  }

  /** Bytes on disk of all queues together, without the dead letters. */
  public long bytes() {
    return disk.used();
  }

  public Path path() {
    return path;
  }

  /** Releases the folder. Close its queues first. */
  @Override
  public void close() {
    lock.close();
  }
}
