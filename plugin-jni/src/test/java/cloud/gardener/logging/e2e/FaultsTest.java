package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A backend that fails in every way there is, under load, and then recovers.
 *
 * <p>Where records must come in order: requests reach the backend one behind the other, it takes them in
 * that order, and the fault finds one under way (too few were answered before for more) or fails all that
 * are. Then nothing overtakes what fails. It may where a request hangs that the backend takes later after
 * all, and where one is refused and halved while others are under way.
 */
@Tag("faults")
class FaultsTest {
  @TempDir Path folder;

  @Test
  void shouldLoseNothingWhileSeventyOfAHundredRequestsFail() throws Exception {
    assertNothingLostAndInOrder("70% UNAVAILABLE", "random 0.7 7");
  }

  @Test
  void shouldLoseNothingWhileTheBackendRefuses() throws Exception {
    assertNothingLostAndInOrder("every request UNAVAILABLE", "refuse");
  }

  @Test
  void shouldLoseNothingWhenTheBackendNeverReplies() throws Exception {
    try (FaultRun run = fault("no reply")) {
      run.output("Timeout", "1s").whileBackend("hang").assertNothingLost().assertFlushWasNotBlocked();
    }
  }

  @Test
  void shouldLoseNothingWhenConnectionsAreReset() throws Exception {
    assertNothingLostAndInOrder("connections reset", "reset");
  }

  @Test
  void shouldLoseNothingWhenTheBackendIsSlow() throws Exception {
    assertNothingLostAndInOrder("replies after 300 ms", "slow 300");
  }

  @Test
  void shouldLoseNothingWhenTheBackendAsksForAPause() throws Exception {
    assertNothingLostAndInOrder("RESOURCE_EXHAUSTED, RetryInfo 400 ms", "exhausted 400");
  }

  @Test
  void shouldDropNothingWhenTheBackendAsksForAnHour() throws Exception {
    try (FaultRun run = fault("RESOURCE_EXHAUSTED, RetryInfo 3600 s, and a restart")) {
      run.input("DB", folder.resolve("tail.db").toString());
      run.run(
              begun -> begun.sink().mode("exhausted 3600000"),
              waiting -> {
                waiting.awaitAllTaken();
                assertEquals(waiting.incoming(), waiting.exported() + waiting.metric("buffered_logs"));
                waiting.sink().mode("accept");
                waiting.restart();
              })
          .assertNothingLost()
          .assertNothingDoubled()
          .assertInOrder()
          .assertFlushWasNotBlocked();
    }
  }

  @Test
  void shouldDoubleWhatWasTakenWithoutAYesAndLoseNothing() throws Exception {
    try (FaultRun run = fault("taken, but answered UNAVAILABLE")) {
      Outcome outcome = run.whileBackend("doubt").assertInOrder().assertFlushWasNotBlocked();
      assertEquals(0, outcome.tally().lost());
      assertTrue(outcome.tally().doubled() > 0, "the fault did not happen");
    }
  }

  @Test
  void shouldCountAndNotRepeatWhatIsRejectedInPart() throws Exception {
    try (FaultRun run = fault("partial success, 3 rejected")) {
      Outcome outcome = run.whileBackend("partial 3").assertInOrder().assertFlushWasNotBlocked();
      assertTrue(outcome.dropped() > 0, outcome.toString());
    }
  }

  /** No record is at fault, also where the backend says so. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "status INVALID_ARGUMENT",
        "exhausted",
        "status UNIMPLEMENTED",
        "status INTERNAL",
        "status UNAUTHENTICATED"
      })
  void shouldLoseNothingWhileEveryRequestIsRefused(String mode) throws Exception {
    try (FaultRun run = fault("every request refused, " + mode)) {
      run.output("RetryInitialInterval", "1s").output("RetryMaxInterval", "2s");
      run.whileBackend(mode)
          .assertNothingLost()
          .assertNothingDoubled()
          .assertFlushWasNotBlocked();
    }
  }

  @Test
  void shouldGiveUpTheOneRecordThatIsRefused() throws Exception {
    try (FaultRun run = fault("one record INVALID_ARGUMENT")) {
      Outcome outcome =
          run.whileBackend("poison " + run.sent() / 2)
              .assertDroppedAndCounted()
              .assertNothingDoubled()
              .assertFlushWasNotBlocked();
      assertEquals(1, outcome.dropped());
    }
  }

  /** The letter of OTLP, for whoever wants it. */
  @Test
  void shouldCountEachRecordThatIsDroppedByPolicy() throws Exception {
    try (FaultRun run = fault("every request INVALID_ARGUMENT, RefusedPolicy drop")) {
      run.output("RefusedPolicy", "drop");
      run.whileBackend("status INVALID_ARGUMENT")
          .assertDroppedAndCounted()
          .assertFlushWasNotBlocked();
    }
  }

  @Test
  void shouldSendInSmallerRequestsWhatTheBackendRefusesForItsSize() throws Exception {
    try (FaultRun run = fault("requests above 10 kB refused")) {
      run.whileBackend("limit 10000")
          .assertNothingLost()
          .assertNothingDoubled()
          .assertFlushWasNotBlocked();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"random 0.7 7", "reset", "hang", "limit 10000"})
  void shouldKeepTheOrderWithOneRequestAtATime(String mode) throws Exception {
    try (FaultRun run = fault("one request at a time, " + mode)) {
      run.output("DQueBatchProcessorExportBufferSize", "1").output("Timeout", "1s");
      run.whileBackend(mode).assertNothingLost().assertInOrder().assertFlushWasNotBlocked();
    }
  }

  private void assertNothingLostAndInOrder(String fault, String mode) throws Exception {
    try (FaultRun run = fault(fault)) {
      run.whileBackend(mode).assertNothingLost().assertInOrder().assertFlushWasNotBlocked();
    }
  }

  private FaultRun fault(String name) throws Exception {
    return new FaultRun(name, folder, SinkProcess.start());
  }
}
