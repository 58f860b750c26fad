package cloud.gardener.logging.otlp.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/**
 * Recognises a few names among many keys without creating strings. Names are grouped by length, so that most keys cost
 * one array access.
 *
 * <p>Immutable.
 */
public final class Names {
  public static final int UNKNOWN = -1;

  private final byte[][][] byLength;
  private final int[][] codes;
  private final int count;

  /** Assigns each name its row as code. Names in one row are synonyms. */
  public Names(String[]... rows) {
    int longest = 0;
    for (String[] row : rows) {
      for (String name : row) {
        longest = Math.max(longest, name.getBytes(UTF_8).length);
      }
    }
    byLength = new byte[longest + 1][0][];
    codes = new int[longest + 1][0];
    count = rows.length;
    for (int code = 0; code < rows.length; code++) {
      for (String name : rows[code]) {
        add(name.getBytes(UTF_8), code);
      }
    }
  }

  /** Assigns each name its index in the list as code. */
  public static Names of(List<String> names) {
    return new Names(names.stream().map(name -> new String[] {name}).toArray(String[][]::new));
  }

  /** Number of codes. */
  public int count() {
    return count;
  }

  private void add(byte[] name, int code) {
    int count = byLength[name.length].length;
    byLength[name.length] = Arrays.copyOf(byLength[name.length], count + 1);
    codes[name.length] = Arrays.copyOf(codes[name.length], count + 1);
    byLength[name.length][count] = name;
    codes[name.length][count] = code;
  }

  /** Returns the code of a name, or {@link #UNKNOWN}. */
  public int code(byte[] in, int offset, int length) {
    if (length >= byLength.length) {
      return UNKNOWN;
    }
    byte[][] candidates = byLength[length];
    for (int i = 0; i < candidates.length; i++) {
      if (equals(candidates[i], in, offset)) {
        return codes[length][i];
      }
    }
    return UNKNOWN;
  }

  private static boolean equals(byte[] name, byte[] in, int offset) {
    for (int i = 0; i < name.length; i++) {
      if (in[offset + i] != name[i]) {
        return false;
      }
    }
    return true;
  }
}
