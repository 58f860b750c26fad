package cloud.gardener.logging.otlp.severity;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Which pair of a map bears which name of a level, and which may hold one. Not thread-safe. */
public final class LevelPairs {
  private final LevelNames names;
  private final int[] pairs;
  private final int[] parents;

  /** The ranks whose value may be there, in their order. */
  private final int[] candidates;

  private int count;

  public LevelPairs(LevelNames names) {
    this.names = names;
    this.pairs = new int[names.count()];
    this.parents = new int[names.parents()];
    this.candidates = new int[names.count()];
  }

  public void clear() {
    Arrays.fill(pairs, LevelNames.NONE);
    Arrays.fill(parents, LevelNames.NONE);
    count = 0;
  }

  /** Looks at the key of a pair. */
  public void look(ByteBuffer in, int offset, int length, int pair) {
    int rank = names.rank(in, offset, length);
    if (rank != LevelNames.NONE) {
      pairs[rank] = pair;
    }
    int parent = names.parent(in, offset, length);
    if (parent != LevelNames.NONE) {
      parents[parent] = pair;
    }
  }

  /** Ends the look at a map's keys. */
  public void close() {
    for (int rank = 0; rank < pairs.length; rank++) {
      if (pairs[rank] != LevelNames.NONE || findParent(rank) != LevelNames.NONE) {
        candidates[count++] = rank;
      }
    }
  }

  /** How many names' values may be there. */
  public int count() {
    return count;
  }

  /** The rank of one of them; those that count more come first. */
  public int rank(int candidate) {
    return candidates[candidate];
  }

  /** The pair that bears a name, or NONE. */
  public int find(int rank) {
    return pairs[rank];
  }

  /** The pair that is the parent of a name, or NONE. */
  public int findParent(int rank) {
    int parent = names.parentOf(rank);
    return parent == LevelNames.NONE ? LevelNames.NONE : parents[parent];
  }
}
