package cloud.gardener.logging.sink;

import java.util.BitSet;

/**
 * Which numbers have come, how often more than once, and how often after a larger one. Takes a bit
 * per number, so numbers should begin near 0. Thread-safe.
 */
public final class SeqTally {
  private final BitSet seen = new BitSet();
  private long doubled;
  private long outOfOrder;
  private long without;

  /** A record with this number, 0 or more. */
  synchronized void add(int number) {
    if (seen.get(number)) {
      doubled++;
      return;
    }
    if (number + 1 < seen.length()) {
      outOfOrder++;
    }
    seen.set(number);
  }

  /** A record without a number. */
  synchronized void addWithout() {
    without++;
  }

  /** How things stand, the numbers expected being all between the smallest and the largest seen. */
  public synchronized Summary summary() {
    return seen.isEmpty()
        ? new Summary(0, 0, 0, 0, without)
        : summary(seen.nextSetBit(0), seen.length() - 1);
  }

  /**
   * How things stand.
   *
   * @param first number that was sent
   * @param last number that was sent
   */
  public synchronized Summary summary(int first, int last) {
    long distinct = seen.get(first, last + 1).cardinality();
    return new Summary(distinct, last - first + 1L - distinct, doubled, outOfOrder, without);
  }

  /**
   * What a tally has found.
   *
   * @param distinct numbers that were sent and came
   * @param lost numbers that were sent and did not come
   * @param doubled records whose number had come before
   * @param outOfOrder records, not doubled, that came after a larger number
   * @param without records that carry no number
   */
  public record Summary(
      long distinct, long lost, long doubled, long outOfOrder, long without) {
    @Override
    public String toString() {
      return "distinct " + distinct
          + " lost " + lost
          + " doubled " + doubled
          + " out-of-order " + outOfOrder
          + " without " + without;
    }
  }
}
