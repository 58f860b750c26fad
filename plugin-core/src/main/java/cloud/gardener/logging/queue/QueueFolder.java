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
 * The folder of one output: a folder for each of its queues, one lock for all of them, and what they
 * may take together on disk and in memory. One lock, and not one a queue: hundreds of idle queues hold
 * no open file.
 *
 * <p>Thread-safe.
 */
public final class QueueFolder implements AutoCloseable {
  /** The folder of the dead letters: no namespace can have this name. */
  static final String DEAD_LETTERS = "dead_letters";

  /** What dead letters may take on disk. */
  public static final long DEAD_LETTER_BYTES = 64 << 20;

  private static final int DEAD_LETTERS_A_SEGMENT = 500;

  /** Of the heap: another output, the encoders and the clients need theirs. */
  private static final int SHARE_OF_HEAP = 8;

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
   * Locks the folder of an output, which is made where it is missing.
   *
   * @param maxBytes what all queues in it may take on disk together
   * @param output who uses it, in a few words for error messages
   * @throws QueueException when it cannot be written, or another output or process uses it
   */
  public static QueueFolder open(Path folder, long maxBytes, String output) throws QueueException {
    long memory = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    return open(folder, maxBytes, output, new FileAccess(), memory);
  }

  static QueueFolder open(
      Path folder, long maxBytes, String output, FileAccess files, long memoryBytes)
      throws QueueException {
    Path path = folder.toAbsolutePath().normalize();
    return new QueueFolder(path, FolderLock.take(path, output), files, maxBytes, memoryBytes);
  }

  /**
   * Opens a queue with what an earlier run left in it.
   *
   * @param name of the queue and its folder: one element of a path
   * @throws QueueException when the queue's folder cannot be read
   * @throws IllegalArgumentException when {@code name} is none, or the queue is open already
   */
  public DiskQueue openQueue(String name, QueueConfig config, QueueListener listener)
      throws QueueException {
    return openQueue(name, config, disk, memory, listener);
  }

  /**
   * Opens the output's dead letters. They have a bound of their own, {@link #DEAD_LETTER_BYTES}, so that
   * a full queue does not lose them.
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
            DEAD_LETTERS_A_SEGMENT,
            sync,
            DEAD_LETTER_BYTES,
            DEAD_LETTER_BYTES,
            FullPolicy.RETRY,
            1);
    DiskBudget own = new DiskBudget(DEAD_LETTER_BYTES);
    MemoryBudget none = new MemoryBudget(0); // Nobody reads them here.
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
          new DiskQueue(segments, config, disk, memory, listener, () -> closed(name));
      opened = true;
      return queue;
    } catch (IOException e) {
      throw new QueueException("cannot read the queue in " + folder + ": " + e, e);
    } finally {
      if (!opened) {
        closed(name);
      }
    }
  }

  private void closed(String name) {
    synchronized (open) {
      open.remove(name);
    }
  }

  /**
   * The queues in which an earlier run has left entries; the dead letters are none.
   *
   * @throws QueueException when the folder cannot be read
   */
  public List<String> leftQueues() throws QueueException {
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

  /** What the queues take on disk together; the dead letters are not counted. */
  public long bytes() {
    return disk.used();
  }

  public Path path() {
    return path;
  }

  /** Frees the folder; call it when its queues are closed. */
  @Override
  public void close() {
    lock.close();
  }
}
