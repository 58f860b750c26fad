package cloud.gardener.logging.otlp.severity;

import java.util.Arrays;

/** Maps the names of a level to the pairs of a map that have them as keys or may contain them. Not thread-safe. */
public final class LevelPairs {
  private final LevelNames names;
  private final int[] pairs;
  private final int[] parents;

  /** The ranks whose value may be present, in order of precedence. */
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

  /** Records the pair if its key is a name or a parent. */
  public void index(byte[] in, int offset, int length, int pair) {
    int rank = names.rank(in, offset, length);
    if (rank != LevelNames.NONE) {
      pairs[rank] = pair;
    }
    int parent = names.parent(in, offset, length);
    if (parent != LevelNames.NONE) {
      parents[parent] = pair;
    }
  }

  /** Collects the candidates after all keys of a map have been passed to {@link #index}. */
  public void findCandidates() {
    for (int rank = 0; rank < pairs.length; rank++) {
      if (pairs[rank] != LevelNames.NONE || findParent(rank) != LevelNames.NONE) {
        candidates[count++] = rank;
      }
    }
  }

  /** Number of names whose value may be present. */
  public int count() {
    return count;
  }

  /** Returns the rank of a candidate; candidates are in order of precedence. */
  public int rank(int candidate) {
    return candidates[candidate];
  }

  /** Returns the pair with a name, or NONE. */
  public int find(int rank) {
    return pairs[rank];
  }

  /** Returns the pair that is the parent of a name, or NONE. */
  public int findParent(int rank) {
    int parent = names.parentOf(rank);
    return parent == LevelNames.NONE ? LevelNames.NONE : parents[parent];
  }
}
