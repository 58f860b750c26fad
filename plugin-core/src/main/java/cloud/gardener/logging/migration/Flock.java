package cloud.gardener.logging.migration;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Locks a file as the plugin in Go does: with flock(2), which Java does not have. Java's own locks are of another kind
 * and do not see those.
 *
 * <p>Thread-safe.
 */
public interface Flock {
  /**
   * Locks a file, and creates it when it is missing. Does not wait.
   *
   * @return the lock, which the close releases; null when somebody holds it
   * @throws IOException when the file cannot be opened
   */
  Closeable tryLock(Path file) throws IOException;
}
