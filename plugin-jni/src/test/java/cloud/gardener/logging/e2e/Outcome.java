package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What became of the records that were sent through a fault.
 *
 * @param sent records
 * @param tally what arrived
 * @param outOfOrder records that arrived after one with a larger number
 * @param dropped records that the plugin has counted as given up
 * @param longestFlushSeconds what one flush took at most
 */
public record Outcome(
    long sent, SinkProcess.Tally tally, long outOfOrder, long dropped, double longestFlushSeconds) {

  /** Requests of one target under way times records in one: what may be sent again at a fault. */
  public static final int IN_FLIGHT = 10 * 256;

  /**
   * What a flush may take while only the backend is at fault. The long form asks for 0.25; on a machine that
   * is busy with other tests it would say more about these.
   */
  private static final double LONGEST_FLUSH_SECONDS =
      Double.parseDouble(System.getProperty("faults.longest", "2"));

  /**
   * As a row of docs/reliability.md. {@code lost} is what is missing and was not counted; what the backend
   * counts as rejected may have arrived.
   */
  void print(String fault) {
    System.out.printf(
        "fault | %s | sent %d | arrived %d | lost %d | doubled %d | out of order %d | dropped and"
            + " counted %d | longest flush %.0f ms%n",
        fault,
        sent,
        tally.distinct(),
        Math.max(0, tally.lost() - dropped),
        tally.doubled(),
        outOfOrder,
        dropped,
        1e3 * longestFlushSeconds);
  }

  /** A request whose answer came after its deadline is sent again: no more than those under way. */
  Outcome assertNothingLost() {
    assertEquals(0, tally.lost(), toString());
    assertEquals(0, dropped, toString());
    assertTrue(tally.doubled() <= IN_FLIGHT, toString());
    return this;
  }

  Outcome assertNothingDoubled() {
    assertEquals(0, tally.doubled(), toString());
    return this;
  }

  Outcome assertInOrder() {
    assertEquals(0, outOfOrder, toString());
    return this;
  }

  /** Every record that is missing was counted, and some are. */
  Outcome assertDroppedAndCounted() {
    assertTrue(dropped > 0, toString());
    assertEquals(dropped, tally.lost(), toString());
    return this;
  }

  Outcome assertFlushWasNotBlocked() {
    assertTrue(longestFlushSeconds < LONGEST_FLUSH_SECONDS, toString());
    return this;
  }
}
