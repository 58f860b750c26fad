package cloud.gardener.logging.otlp.severity;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A necessary condition for JSON text to have one of some keys: a quote, the key in any letter case, and a quote. No
 * read depends on the one before, so this is cheaper than a walk over the strings of the text, which stays the judge.
 *
 * <p>Two adjacent letters of each key ({@link LetterPair}) are looked for at eight places at once, where a quote is
 * among these 16 bytes or the eight before. Where they are, each quote there is looked at for a key.
 *
 * <p>Immutable.
 */
final class KeyFilter {
  private static final int MOST_PAIRS = 3;

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;

  /** The bits of a letter, except that of its case. */
  private static final long LETTERS = 0x5f * ONES;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[][] keys;

  /** Whether the keys have few enough different pairs. If not, each text may have a key. */
  private final boolean usable;

  private final long firstA;
  private final long agreedA;
  private final long secondA;
  private final long firstB;
  private final long agreedB;
  private final long secondB;
  private final long firstC;
  private final long agreedC;
  private final long secondC;

  /**
   * Creates a filter.
   *
   * @param keys in lower case
   */
  KeyFilter(List<byte[]> keys) {
    this.keys = keys.toArray(byte[][]::new);
    List<LetterPair> pairs = LetterPair.of(keys, MOST_PAIRS);
    usable = !pairs.isEmpty();
    firstA = usable ? pairs.get(0).first() : 0;
    agreedA = usable ? pairs.get(0).agreed() : 0;
    secondA = usable ? pairs.get(0).second() : 0;
    firstB = pairs.size() > 1 ? pairs.get(1).first() : firstA;
    agreedB = pairs.size() > 1 ? pairs.get(1).agreed() : agreedA;
    secondB = pairs.size() > 1 ? pairs.get(1).second() : secondA;
    firstC = pairs.size() > 2 ? pairs.get(2).first() : firstA;
    agreedC = pairs.size() > 2 ? pairs.get(2).agreed() : agreedA;
    secondC = pairs.size() > 2 ? pairs.get(2).second() : secondA;
  }

  /** Whether a key may be in the text from {@code start} to {@code end}. Reads up to {@link Scan#BEHIND} bytes past it. */
  boolean mayHaveKey(byte[] array, int start, int end) {
    if (!usable) {
      return true;
    }
    long before = 0;
    for (int at = start; at < end; at += 2 * Long.BYTES) {
      long eight = (long) LONG.get(array, at);
      long more = (long) LONG.get(array, at + Long.BYTES);
      long quotes = quotes(more);
      if (((before | quotes(eight) | quotes) & HIGHS) != 0
          && ((pairs(eight, (long) LONG.get(array, at + 1))
                      | pairs(more, (long) LONG.get(array, at + Long.BYTES + 1)))
                  & HIGHS)
              != 0
          && hasKey(array, Math.max(start, at - Long.BYTES), Math.min(end, at + 2 * Long.BYTES), end)) {
        return true;
      }
      before = quotes;
    }
    return false;
  }

  /** Sets a high bit if one of these bytes is a quote, and may do so for bytes that are not ASCII. */
  private static long quotes(long eight) {
    return (eight ^ QUOTES) - ONES;
  }

  /** Sets a high bit if, and only if, one of these bytes and the one that follows it are a pair. */
  private long pairs(long eight, long next) {
    long second = next & LETTERS;
    long a = (eight & agreedA ^ firstA) | (second ^ secondA);
    long b = (eight & agreedB ^ firstB) | (second ^ secondB);
    long c = (eight & agreedC ^ firstC) | (second ^ secondC);
    return a - ONES | b - ONES | c - ONES;
  }

  /** Whether a quote in this range begins a key. */
  private boolean hasKey(byte[] array, int from, int to, int end) {
    for (int at = from; at < to; at++) {
      if (array[at] == '"' && isKey(array, at + 1, end)) {
        return true;
      }
    }
    return false;
  }

  private boolean isKey(byte[] array, int start, int end) {
    for (byte[] key : keys) {
      if (start + key.length < end
          && array[start + key.length] == '"'
          && SeverityTable.equalsIgnoringCase(key, array, start)) {
        return true;
      }
    }
    return false;
  }
}
