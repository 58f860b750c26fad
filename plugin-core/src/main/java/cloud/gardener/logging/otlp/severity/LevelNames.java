package cloud.gardener.logging.otlp.severity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The names of a level, ignoring case, in order of precedence: a name's rank is its index. A name with a dot also
 * denotes a key in a map: {@code log.level} is the key {@code level} of the map {@code log}, its parent.
 *
 * <p>Immutable.
 */
public final class LevelNames {
  static final int NONE = -1;

  private final byte[][] names;
  private final boolean[] otlp;

  /** The ranks of the names, by length, in order. */
  private final int[][] byLength;

  /** For each length, the first letters of the names as a bit set, indexed by the letter's lowest five bits. */
  private final int[] starts;

  private final byte[][] parents;

  /** The parent of each name, or NONE. */
  private final int[] parentOf;

  private final KeyFilter filter;

  public LevelNames(List<String> list) {
    List<String> lower = list.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().toList();
    names = bytes(lower);
    otlp = new boolean[names.length];
    parentOf = new int[names.length];
    List<String> dotted = lower.stream().map(LevelNames::parent).distinct().filter(name -> !name.isEmpty()).toList();
    parents = bytes(dotted);
    for (int rank = 0; rank < names.length; rank++) {
      String name = lower.get(rank);
      otlp[rank] = name.replaceAll("[._-]", "").equals("severitynumber");
      parentOf[rank] = dotted.indexOf(parent(name));
    }
    int longest = lower.stream().mapToInt(name -> name.getBytes(UTF_8).length).max().orElse(0);
    byLength =
        IntStream.rangeClosed(0, longest)
            .mapToObj(
                length ->
                    IntStream.range(0, names.length)
                        .filter(rank -> names[rank].length == length)
                        .toArray())
            .toArray(int[][]::new);
    starts = new int[byLength.length];
    for (byte[] name : names) {
      starts[name.length] |= 1 << name[0];
    }
    filter = new KeyFilter(List.of(bytes(lower.stream().flatMap(LevelNames::keys).distinct().toList())));
  }

  private static byte[][] bytes(List<String> strings) {
    return strings.stream().map(string -> string.getBytes(UTF_8)).toArray(byte[][]::new);
  }

  /** Returns the part before the last dot, or an empty string. */
  private static String parent(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && dot < name.length() - 1 ? name.substring(0, dot) : "";
  }

  /** Returns the keys that denote a name: itself, and what follows its parent. */
  private static Stream<String> keys(String name) {
    String parent = parent(name);
    return parent.isEmpty() ? Stream.of(name) : Stream.of(name, name.substring(parent.length() + 1));
  }

  /** Whether JSON text may have a name as a key; false for most that have none. Reads up to {@link Scan#BEHIND} bytes past it. */
  boolean mayBeIn(byte[] array, int start, int end) {
    return filter.mayHaveKey(array, start, end);
  }

  /** Cheap check before {@link #rank}: false for most keys that are not a name. */
  boolean mayBe(byte first, int length) {
    return length < starts.length && (starts[length] >>> first & 1) != 0;
  }

  /** Number of names. */
  public int count() {
    return names.length;
  }

  /** Number of parents. */
  int parents() {
    return parents.length;
  }

  /** Returns the rank of a key, or {@link #NONE}. */
  public int rank(byte[] in, int offset, int length) {
    if (length < byLength.length) {
      for (int rank : byLength[length]) {
        if (SeverityTable.equalsIgnoringCase(names[rank], in, offset)) {
          return rank;
        }
      }
    }
    return NONE;
  }

  /** Whether a value under this name is OTLP's own SeverityNumber. */
  public boolean isOtlpNumber(int rank) {
    return otlp[rank];
  }

  /** Returns the parent of a name, or {@link #NONE}. */
  public int parentOf(int rank) {
    return parentOf[rank];
  }

  /** Returns the parent that this key denotes, or {@link #NONE}. */
  public int parent(byte[] in, int offset, int length) {
    for (int parent = 0; parent < parents.length; parent++) {
      if (parents[parent].length == length && SeverityTable.equalsIgnoringCase(parents[parent], in, offset)) {
        return parent;
      }
    }
    return NONE;
  }

  /** Returns the rank of a key in a parent's map, or {@link #NONE}. */
  public int rankIn(int parent, byte[] in, int offset, int length) {
    for (int rank = 0; rank < names.length; rank++) {
      if (parentOf[rank] == parent && isLast(rank, in, offset, length)) {
        return rank;
      }
    }
    return NONE;
  }

  private boolean isLast(int rank, byte[] in, int offset, int length) {
    int start = parents[parentOf[rank]].length + 1;
    if (names[rank].length - start != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (names[rank][start + i] != SeverityTable.lower(in[offset + i])) {
        return false;
      }
    }
    return true;
  }
}
