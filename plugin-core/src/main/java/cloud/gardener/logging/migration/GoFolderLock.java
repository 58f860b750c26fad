package cloud.gardener.logging.migration;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock of a folder of the plugin in Go. Outputs of this process may share a DQueDir, and flock(2) does not say who
 * holds a lock, so the process remembers its own.
 *
 * <p>Not thread-safe: owned by one import.
 */
final class GoFolderLock implements Closeable {
  /** The real paths of the folders that this process holds. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  enum Result {
    ACQUIRED,
    /** Another output of this process holds it, or tries to. */
    HELD_BY_ANOTHER_OUTPUT,
    /** Another process holds it: a plugin in Go. */
    HELD_BY_ANOTHER_PROCESS
  }

  private final Path folder;
  private final Flock flock;
  private Path key;
  private Closeable lock;

  GoFolderLock(Path folder, Flock flock) {
    this.folder = folder;
    this.flock = flock;
  }

  Result tryAcquire() throws IOException {
    Path realPath = folder.toRealPath();
    if (!HELD.add(realPath)) {
      return Result.HELD_BY_ANOTHER_OUTPUT;
    }
    key = realPath;
    try {
      lock = flock.tryLock(folder.resolve(GoFolder.LOCK));
    } finally {
      if (lock == null) {
        close();
      }
    }
    return lock == null ? Result.HELD_BY_ANOTHER_PROCESS : Result.ACQUIRED;
  }

  boolean isHeld() {
    return lock != null;
  }

  @Override
  public void close() throws IOException {
    Closeable held = lock;
    lock = null;
    try {
      if (held != null) {
        held.close();
      }
    } finally {
      if (key != null) {
        HELD.remove(key);
        key = null;
      }
    }
  }
}
