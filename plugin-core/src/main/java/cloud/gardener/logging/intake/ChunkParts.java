package cloud.gardener.logging.intake;

import cloud.gardener.logging.route.Route;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The targets that one chunk has records for: the seed's first, then the shoots' in the order of their first record.
 * Keeps memory for the next chunk, at most {@link #MAX_RETAINED_BYTES}.
 *
 * <p>Not thread-safe. A lookup of a route that the chunk used before allocates nothing.
 */
final class ChunkParts {
  /** A chunk may have records for hundreds of targets; the next one rarely does. */
  static final long MAX_RETAINED_BYTES = 4 << 20;

  private final Target seed;
  private final Function<String, Target> shoots;
  private final List<ChunkPart> parts = new ArrayList<>();
  // A table returns the same route object for a namespace each time.
  private final Map<Route, ChunkPart> byRoute = new IdentityHashMap<>();
  private int entryBytes;
  private int count;
  private Route lastRoute;
  private ChunkPart lastPart;
  private Route missingRoute;

  ChunkParts(Target seed, Function<String, Target> shoots) {
    this.seed = seed;
    this.shoots = shoots;
  }

  /**
   * Starts a chunk.
   *
   * @param maxBytes maximum size of a request
   */
  void begin(int maxBytes) {
    entryBytes = maxBytes;
    addPart(seed);
  }

  private ChunkPart addPart(Target target) {
    if (count == parts.size()) {
      parts.add(new ChunkPart());
    }
    ChunkPart part = parts.get(count++);
    part.begin(target, entryBytes);
    return part;
  }

  ChunkPart seed() {
    return parts.get(0);
  }

  /** The part of the shoot that a route names; null when the shoot has no target. */
  ChunkPart forRoute(Route route) {
    if (route == lastRoute) {
      return lastPart;
    }
    ChunkPart part = byRoute.get(route);
    if (part == null) {
      Target target = shoots.apply(route.namespace());
      if (target == null) {
        return null;
      }
      part = addPart(target);
      byRoute.put(route, part);
    }
    lastRoute = route;
    lastPart = part;
    return part;
  }

  /** A record is for a shoot without a target. */
  void markMissing(Route route) {
    missingRoute = route;
  }

  int count() {
    return count;
  }

  ChunkPart get(int index) {
    return parts.get(index);
  }

  /** The route of a shoot without a target; null when all have one. */
  Route missingRoute() {
    return missingRoute;
  }

  /** Releases the chunk, and memory in excess of {@link #MAX_RETAINED_BYTES}. */
  void clear() {
    for (int i = 0; i < count; i++) {
      parts.get(i).clear();
    }
    long retained = 0;
    int kept = 0;
    while (kept < parts.size() && retained <= MAX_RETAINED_BYTES) {
      retained += parts.get(kept++).retainedBytes();
    }
    if (retained > MAX_RETAINED_BYTES) {
      parts.get(kept - 1).shrink();
      parts.subList(kept, parts.size()).clear();
    }
    byRoute.clear();
    count = 0;
    lastRoute = null;
    lastPart = null;
    missingRoute = null;
  }
}
