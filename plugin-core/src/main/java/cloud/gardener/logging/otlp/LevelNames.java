package cloud.gardener.logging.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The names of a level, letter case apart, in the order in which they count: a name's rank is its place.
 * A name with a dot is also the way to a key in a map: {@code log.level} is the key {@code level} of the
 * map {@code log}.
 *
 * <p>Immutable.
 */
final class LevelNames {
  static final int NONE = -1;

  private final byte[][] names;
  private final boolean[] otlp;

  /** Of each dotted name, what stands before its last dot; null for the others. */
  private final byte[][] parents;

  /** The ranks of the names of each length, in their order. */
  private final int[][] byLength;

  private final boolean anyParent;

  LevelNames(List<String> list) {
    List<String> lower = list.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().toList();
    names = lower.stream().map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
    otlp = new boolean[names.length];
    parents = new byte[names.length][];
    int longest = 0;
    boolean found = false;
    for (int rank = 0; rank < names.length; rank++) {
      String name = lower.get(rank);
      longest = Math.max(longest, names[rank].length);
      otlp[rank] = name.replaceAll("[._-]", "").equals("severitynumber");
      int dot = name.lastIndexOf('.');
      if (dot > 0 && dot < name.length() - 1) {
        parents[rank] = name.substring(0, dot).getBytes(UTF_8);
        found = true;
      }
    }
    anyParent = found;
    byLength = new int[longest + 1][];
    for (int length = 0; length <= longest; length++) {
      byLength[length] = ranksOf(length);
    }
  }

  private int[] ranksOf(int length) {
    List<Integer> ranks = new ArrayList<>();
    for (int rank = 0; rank < names.length; rank++) {
      if (names[rank].length == length) {
        ranks.add(rank);
      }
    }
    return ranks.stream().mapToInt(Integer::intValue).toArray();
  }

  /** How many names there are. */
  int count() {
    return names.length;
  }

  /** The rank of a key, or {@link #NONE}. */
  int rank(ByteBuffer in, int offset, int length) {
    if (length < byLength.length) {
      for (int rank : byLength[length]) {
        if (SeverityTable.equalsIgnoringCase(names[rank], in, offset, length)) {
          return rank;
        }
      }
    }
    return NONE;
  }

  /** Whether a value under this name is OTLP's own SeverityNumber. */
  boolean isOtlpNumber(int rank) {
    return otlp[rank];
  }

  /** Whether a map under this key can hold a level. */
  boolean isParent(ByteBuffer in, int offset, int length) {
    for (int rank = 0; anyParent && rank < parents.length; rank++) {
      if (isParent(rank, in, offset, length)) {
        return true;
      }
    }
    return false;
  }

  private boolean isParent(int rank, ByteBuffer in, int offset, int length) {
    return parents[rank] != null
        && SeverityTable.equalsIgnoringCase(parents[rank], in, offset, length);
  }

  /** The rank of a key in the map that lies under a parent's key, or {@link #NONE}. */
  int rankIn(ByteBuffer in, int parent, int parentLength, int offset, int length) {
    for (int rank = 0; rank < names.length; rank++) {
      if (isParent(rank, in, parent, parentLength) && isLast(rank, in, offset, length)) {
        return rank;
      }
    }
    return NONE;
  }

  private boolean isLast(int rank, ByteBuffer in, int offset, int length) {
    int start = parents[rank].length + 1;
    if (names[rank].length - start != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (names[rank][start + i] != SeverityTable.lower(in.get(offset + i))) {
        return false;
      }
    }
    return true;
  }
}
