package cloud.gardener.logging.otlp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Which pair of a map bears which name of a level, and which may hold one. Not thread-safe. */
final class LevelPairs {
  private final LevelNames names;
  private final int[] pairs;
  private final int[] parents;
  private boolean any;

  LevelPairs(LevelNames names) {
    this.names = names;
    this.pairs = new int[names.count()];
    this.parents = new int[names.parents()];
  }

  void clear() {
    Arrays.fill(pairs, LevelNames.NONE);
    Arrays.fill(parents, LevelNames.NONE);
    any = false;
  }

  /** Looks at the key of a pair. */
  void look(ByteBuffer in, int offset, int length, int pair) {
    int rank = names.rank(in, offset, length);
    if (rank != LevelNames.NONE) {
      pairs[rank] = pair;
      any = true;
    }
    int parent = names.parent(in, offset, length);
    if (parent != LevelNames.NONE) {
      parents[parent] = pair;
      any = true;
    }
  }

  /** Whether there is any such pair. */
  boolean any() {
    return any;
  }

  /** The pair that bears a name, or NONE. */
  int find(int rank) {
    return pairs[rank];
  }

  /** The pair that is the parent of a name, or NONE. */
  int findParent(int rank) {
    int parent = names.parentOf(rank);
    return parent == LevelNames.NONE ? LevelNames.NONE : parents[parent];
  }
}
