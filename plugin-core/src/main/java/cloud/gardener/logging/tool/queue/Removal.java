package cloud.gardener.logging.tool.queue;

import cloud.gardener.logging.migration.Flock;
import cloud.gardener.logging.migration.GoFolder;
import cloud.gardener.logging.queue.FolderLock;
import cloud.gardener.logging.queue.QueueException;
import cloud.gardener.logging.tool.queue.StoredFiles.StoredFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Takes files out of a plugin's reach for as long as it is open. Files with waiting entries need the lock of their
 * output's folder, which the plugin holds while it runs. Files of the plugin in Go need its lock of their folder. Other
 * files may be deleted at any time.
 */
final class Removal implements AutoCloseable {
  private final Flock flock;
  private final Map<Path, FolderLock> locks = new HashMap<>();
  private final Map<Path, Closeable> goLocks = new HashMap<>();

  /** @param flock locks the folders of the plugin in Go */
  Removal(Flock flock) {
    this.flock = flock;
  }

  /**
   * Locks the folder of a file, if its kind needs that.
   *
   * @throws QueueException when it is in use; one line for the user
   */
  void lock(StoredFile file) throws QueueException {
    switch (file.kind()) {
      case WAITING -> {
        Path output = file.folder().getParent();
        if (!locks.containsKey(output)) {
          locks.put(output, FolderLock.acquire(output, "flb-gardener"));
        }
      }
      case LEFTOVER -> lockGoFolder(file.folder());
      case QUARANTINED, DEAD_LETTERS -> {
        // No plugin reads these.
      }
    }
  }

  private void lockGoFolder(Path folder) throws QueueException {
    if (goLocks.containsKey(folder)) {
      return;
    }
    Closeable lock;
    try {
      lock = flock.tryLock(folder.resolve(GoFolder.LOCK));
    } catch (IOException e) {
      throw new QueueException("cannot find out whether a plugin in Go uses " + folder + ": " + e.getMessage(), e);
    }
    if (lock == null) {
      throw new QueueException(
          "a plugin in Go uses " + folder + ", or this plugin imports it (" + GoFolder.LOCK
              + " is locked): stop Fluent Bit first");
    }
    goLocks.put(folder, lock);
  }

  /** Deletes the file if it still holds what was read. A running plugin may have added a dead letter. */
  static boolean deleteIfUnchanged(StoredFile file, SegmentReader.Content read) throws IOException {
    SegmentReader.Content current = SegmentReader.read(file);
    boolean isSame = current.waiting() == read.waiting() && current.pieces().size() == read.pieces().size();
    if (isSame) {
      Files.delete(file.path());
    }
    return isSame;
  }

  @Override
  public void close() throws IOException {
    locks.values().forEach(FolderLock::close);
    for (Closeable lock : goLocks.values()) {
      lock.close();
    }
  }
}
