package cloud.gardener.logging.otlp.severity;

import java.util.ArrayList;
import java.util.List;

/**
 * A letter and those that precede it in some keys, to be looked for at eight places at once: {@code ev} and {@code lv}
 * for {@code level} and {@code lvl}. The letters before are one class. It may have more letters than the keys: only the
 * bits in which all of them agree are compared.
 *
 * <p>Immutable once the keys are added.
 */
final class LetterPair {
  /** Letters, from those that are rare in a text to the frequent ones. Other bytes come after them. */
  private static final String RARE_FIRST = "qzjxkvwybfgpmhdculnrsoiate";

  /** The bits of a letter, except that of its case. */
  private static final int LETTER = 0x5f;

  private static final long ONES = 0x0101010101010101L;

  /** The last place in a key, counted from 0, that a letter may have: it and its quote are within 16 bytes. */
  private static final int LAST = Long.BYTES;

  private final int second;
  private int first;
  private int agreed = LETTER;

  private LetterPair(byte[] key, int at) {
    second = key[at] & LETTER;
    first = key[at - 1] & LETTER;
  }

  /**
   * Returns pairs of which each key has at least one.
   *
   * @return an empty list if a key has no pair, or if it takes more than {@code most} pairs
   */
  static List<LetterPair> of(List<byte[]> keys, int most) {
    List<LetterPair> pairs = new ArrayList<>();
    for (byte[] key : keys) {
      if (pairs.stream().noneMatch(pair -> pair.add(key))) {
        int at = rarest(key);
        if (at == 0 || pairs.size() == most) {
          return List.of();
        }
        pairs.add(new LetterPair(key, at));
      }
    }
    return pairs;
  }

  /** Returns the place of the rarest letter that another one precedes, or 0. */
  private static int rarest(byte[] key) {
    int rarest = 0;
    for (int at = 1; at < key.length && at <= LAST; at++) {
      if (rarest == 0 || rank(key[at]) < rank(key[rarest])) {
        rarest = at;
      }
    }
    return rarest;
  }

  private static int rank(byte letter) {
    int rank = RARE_FIRST.indexOf(letter);
    return rank < 0 ? RARE_FIRST.length() : rank;
  }

  /** Adds what precedes the letter in this key; returns false if the key does not have it. */
  private boolean add(byte[] key) {
    for (int at = 1; at < key.length && at <= LAST; at++) {
      if ((key[at] & LETTER) == second) {
        agreed &= ~(first ^ key[at - 1]);
        return true;
      }
    }
    return false;
  }

  /** Returns the letter, without its case, eight times. */
  long second() {
    return second * ONES;
  }

  /** Returns what all letters before it have in common, eight times. */
  long first() {
    return (first & agreed) * ONES;
  }

  /** Returns the bits of {@link #first} that count, eight times. */
  long agreed() {
    return agreed * ONES;
  }
}
