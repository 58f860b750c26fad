package cloud.gardener.logging.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts how often the plugin failed on the same chunk, known again by its checksum. Bounded: the
 * oldest of more than {@value #MAX_CHUNKS} is forgotten, and then has all its attempts before it
 * again. Thread-safe; costs a flush that succeeds one volatile read.
 */
final class FailedChunks {
  private static final int MAX_CHUNKS = 64;

  private final Map<Integer, Integer> failures =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
          return size() > MAX_CHUNKS;
        }
      };
  private volatile boolean empty = true;

  boolean isEmpty() {
    return empty;
  }

  /** Counts a failure on the chunk {@code id} and returns how many there have been. */
  synchronized int failed(int id) {
    empty = false;
    return failures.merge(id, 1, Integer::sum);
  }

  /** Forgets the chunk {@code id}: it was taken. */
  synchronized void forget(int id) {
    failures.remove(id);
    empty = failures.isEmpty();
  }
}
