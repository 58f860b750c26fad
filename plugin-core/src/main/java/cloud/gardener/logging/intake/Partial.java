package cloud.gardener.logging.intake;

import cloud.gardener.logging.route.RoutingTable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Where a chunk stands that some of its targets have taken and others could not: when it comes again it
 * goes to the others only, by the table that it was routed by before, so that the parts are those of the
 * first time. A chunk that was forgotten meanwhile reaches some targets twice.
 *
 * <p>Used by one flush at a time, as a chunk is.
 */
record Partial(RoutingTable table, Set<Target> done) {
  static Partial begin(RoutingTable table) {
    return new Partial(table, Collections.newSetFromMap(new IdentityHashMap<>(2)));
  }
}
