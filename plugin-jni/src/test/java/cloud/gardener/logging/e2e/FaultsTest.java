package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backend that fails in every way there is, under load, and then recovers. Each test ends with the
 * count and prints it as a row of docs/reliability.md. {@code -Dfaults.records=200000} for the long form.
 */
class FaultsTest {
  private static final int RECORDS = Integer.getInteger("faults.records", 20_000);
  private static final int STEPS = 20;
  private static final String NAMESPACE = "fluentbit_gardener_";

  /** Requests of one target under way times records in one. */
  private static final int IN_FLIGHT = 10 * 256;

  /**
   * What a flush may take while only the backend is at fault. The long form asks for 0.25; on a machine that
   * is busy with other tests it would say more about these.
   */
  private static final double LONGEST_FLUSH_SECONDS =
      Double.parseDouble(System.getProperty("faults.longest", "2"));

  @TempDir Path folder;

  /** What became of the records that were sent. */
  private record Outcome(SinkProcess.Tally tally, long dropped, double longestFlushSeconds) {}

  @Test
  void shouldLoseNothingWhileSeventyOfAHundredRequestsFail() throws Exception {
    assertNothingLost(run("70% UNAVAILABLE", "random 0.7 7"));
  }

  @Test
  void shouldLoseNothingWhileTheBackendRefuses() throws Exception {
    assertNothingLost(run("every request UNAVAILABLE", "refuse"));
  }

  @Test
  void shouldLoseNothingWhenTheBackendNeverReplies() throws Exception {
    assertNothingLost(run("no reply", "hang"));
  }

  @Test
  void shouldLoseNothingWhenConnectionsAreReset() throws Exception {
    assertNothingLost(run("connections reset", "reset"));
  }

  @Test
  void shouldLoseNothingWhenTheBackendIsSlow() throws Exception {
    assertNothingLost(run("replies after 300 ms", "slow 300"));
  }

  @Test
  void shouldLoseNothingWhenTheBackendAsksForAPause() throws Exception {
    assertNothingLost(run("RESOURCE_EXHAUSTED, RetryInfo 400 ms", "exhausted 400"));
  }

  @Test
  void shouldDoubleWhatWasTakenWithoutAYesAndLoseNothing() throws Exception {
    Outcome outcome = run("taken, but answered UNAVAILABLE", "doubt");
    assertEquals(0, outcome.tally.lost());
    assertTrue(outcome.tally.doubled() > 0, "the fault did not happen");
    assertFlushWasNotBlocked(outcome);
  }

  @Test
  void shouldCountAndNotRepeatWhatIsRejectedInPart() throws Exception {
    Outcome outcome = run("partial success, 3 rejected", "partial 3");
    assertTrue(outcome.dropped > 0, outcome.toString());
    assertEquals(0, outcome.tally.lost());
    assertFlushWasNotBlocked(outcome);
  }

  @Test
  void shouldCountEachRecordThatIsRefusedForGood() throws Exception {
    Outcome outcome = run("every request INVALID_ARGUMENT", "permanent");
    assertTrue(outcome.dropped > 0, outcome.toString());
    assertEquals(outcome.dropped, outcome.tally.lost());
    assertFlushWasNotBlocked(outcome);
  }

  /** A request whose answer came after its deadline is sent again: no more than those under way. */
  private static void assertNothingLost(Outcome outcome) {
    assertEquals(0, outcome.tally.lost());
    assertEquals(0, outcome.dropped);
    assertTrue(outcome.tally.doubled() <= IN_FLIGHT, outcome.toString());
    assertFlushWasNotBlocked(outcome);
  }

  private static void assertFlushWasNotBlocked(Outcome outcome) {
    assertTrue(outcome.longestFlushSeconds < LONGEST_FLUSH_SECONDS, outcome.toString());
  }

  /** Sends records while the fault lasts and on when it is over, until every one is accounted for. */
  private Outcome run(String fault, String mode) throws Exception {
    LogFile logs = new LogFile(folder.resolve("pod.log"), 0);
    logs.write(RECORDS / STEPS); // Code is loaded and compiled before the fault: its time is not the fault's.
    try (SinkProcess sink = SinkProcess.start()) {
      Configuration configuration =
          new Configuration(logs.path(), folder.resolve("queue"))
              .to(sink.port())
              .service("Flush", "0.1")
              .output("Timeout", "1s");
      int port = configuration.metricsPort();
      try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
        host.await("the first records", () -> sink.records() >= RECORDS / STEPS);
        sink.mode(mode);
        for (int step = 1; step < STEPS; step++) {
          logs.write(RECORDS / STEPS);
          TimeUnit.MILLISECONDS.sleep(100); // The load, not a wait.
        }
        host.await("all to be taken", () -> sum(port, "incoming_logs_total") == RECORDS);
        sink.mode("accept");
        host.await("an empty queue", () -> sum(port, "buffered_logs") == 0);
        Outcome outcome =
            new Outcome(
                sink.tally(0, RECORDS - 1),
                (long) sum(port, "dropped_logs_total"),
                sum(port, "flush_longest_seconds"));
        assertEquals(
            RECORDS,
            sum(port, "exported_client_logs_total") + outcome.dropped,
            "incoming = exported + dropped");
        System.out.printf(
            "fault | %s | sent %d | arrived %d | lost %d | doubled %d | out of order %d | dropped and"
                + " counted %d | longest flush %.0f ms%n",
            fault,
            RECORDS,
            outcome.tally.distinct(),
            outcome.dropped > 0 ? 0 : outcome.tally.lost(),
            outcome.tally.doubled(),
            sink.outOfOrder(0, RECORDS - 1),
            outcome.dropped,
            1e3 * outcome.longestFlushSeconds);
        return outcome;
      }
    }
  }

  private static double sum(int port, String metric) throws InterruptedException {
    return Scrape.sum(port, NAMESPACE + metric);
  }
}
