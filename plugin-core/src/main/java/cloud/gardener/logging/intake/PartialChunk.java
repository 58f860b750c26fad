package cloud.gardener.logging.intake;

import cloud.gardener.logging.route.RoutingTable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The state of a chunk that some of its targets accepted and others could not. When it is flushed again, it goes
 * only to the others, and is routed with the same table, so that the parts equal those of the first time. A chunk
 * that was forgotten in between reaches some targets twice.
 *
 * <p>Used by one flush at a time, because a chunk is.
 */
record PartialChunk(RoutingTable table, Set<Target> completed) {
  static PartialChunk begin(RoutingTable table) {
    return new PartialChunk(table, Collections.newSetFromMap(new IdentityHashMap<>(2)));
  }
}
