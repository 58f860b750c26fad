package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.route.RoutingTable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Remembers chunks that some of their targets have taken and others could not: when such a chunk comes
 * again it goes to the others only, by the table that it was routed by before, so that the parts are those
 * of the first time. A chunk is known again by its checksum and size.
 *
 * <p>Bounded: the oldest of more than {@value #MAX_CHUNKS} is forgotten, as all are when the process ends,
 * and its records then reach some targets twice. Thread-safe; costs a flush one volatile read while
 * nothing is remembered.
 */
final class PartialChunks {
  static final int MAX_CHUNKS = 64;

  /** Where a chunk stands. Used by one flush at a time, as a chunk is. */
  record Partial(RoutingTable table, Set<Target> done) {
    static Partial begin(RoutingTable table) {
      return new Partial(table, Collections.newSetFromMap(new IdentityHashMap<>(2)));
    }
  }

  private final Map<Long, Partial> chunks =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Partial> eldest) {
          return size() > MAX_CHUNKS;
        }
      };
  private volatile boolean empty = true;

  boolean isEmpty() {
    return empty;
  }

  /** What is remembered of the chunk {@code id}, or null. */
  synchronized Partial find(long id) {
    return chunks.get(id);
  }

  synchronized void remember(long id, Partial partial) {
    chunks.put(id, partial);
    empty = false;
  }

  synchronized void forget(long id) {
    chunks.remove(id);
    empty = chunks.isEmpty();
  }
}
