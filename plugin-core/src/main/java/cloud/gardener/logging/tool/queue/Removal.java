package cloud.gardener.logging.tool.queue;

import cloud.gardener.logging.queue.FolderLock;
import cloud.gardener.logging.queue.QueueException;
import cloud.gardener.logging.tool.queue.StoredFiles.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Takes files out of the plugin's reach for as long as it is open. Files with waiting entries need the lock of their
 * output's folder, which the plugin holds while it runs. Other files may be deleted at any time.
 */
final class Removal implements AutoCloseable {
  private final Map<Path, FolderLock> locks = new HashMap<>();

  /**
   * Claims a file.
   *
   * @throws QueueException when it is in use; one line for the user
   */
  void lock(StoredFile file) throws QueueException {
    if (file.kind() != StoredFiles.Kind.WAITING) {
      return;
    }
    Path output = file.folder().getParent();
    if (!locks.containsKey(output)) {
      locks.put(output, FolderLock.acquire(output, "flb-gardener"));
    }
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
  public void close() {
    locks.values().forEach(FolderLock::close);
  }
}
