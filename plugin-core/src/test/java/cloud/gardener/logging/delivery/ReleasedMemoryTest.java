package cloud.gardener.logging.delivery;

import static cloud.gardener.logging.delivery.FakeBackend.OK;
import static cloud.gardener.logging.delivery.FakeBackend.UNAVAILABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.gardener.logging.config.ThrottleConfig;
import cloud.gardener.logging.config.value.RefusedPolicy;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.QueueEntry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The memory of an entry is used for others only when no attempt to send it can still read it. */
class ReleasedMemoryTest extends WorkerTest {
  private QueueEntry entry;

  @BeforeEach
  void append() {
    backend.answer = numbers -> null;
    entry = Requests.entry(0, BATCH);
    assertEquals(AppendResult.APPENDED, queue.append(List.of(entry)));
    worker.signal();
  }

  private void answer(ExportResult result) {
    executor.advance(MAX_PAUSE);
    backend.answerOldest(result);
    executor.run();
  }

  private void assertKept() {
    assertNotNull(entry.payload());
  }

  private void assertReleased() {
    assertEquals(0, queue.records());
    assertThrows(NullPointerException.class, () -> entry.payload());
  }

  @Test
  void shouldReleaseWhatWasWrittenAndAccepted() {
    executor.run();
    assertKept();
    answer(OK);
    assertReleased();
  }

  @Test
  void shouldKeepWhatIsAcceptedBeforeItIsWritten() {
    backend.writes = false;
    answer(OK);
    assertEquals(0, queue.records());
    assertKept();
  }

  @Test
  void shouldKeepWhatIsAcceptedAfterAFailure() {
    answer(UNAVAILABLE);
    answer(OK);
    assertEquals(0, queue.records());
    assertKept();
  }

  @Test
  void shouldKeepWhatIsAcceptedAfterARequestThatNeverEnded() {
    executor.advance(TIMEOUT.plus(InFlightRequests.GRACE).plus(MAX_PAUSE));
    assertEquals(2, backend.requests.size());
    backend.answerNewest(OK);
    executor.run();
    assertEquals(0, queue.records());
    assertKept();
  }

  @Test
  void shouldKeepWhatIsAcceptedInParts() {
    answer(new ExportResult.TooLarge("4 MiB"));
    answer(OK);
    answer(OK);
    assertEquals(0, queue.records());
    assertKept();
  }

  @Test
  void shouldKeepWhatTheBackendRefuses() {
    refusedPolicy = RefusedPolicy.DROP;
    worker = newWorker(new ThrottleConfig(false, 0));
    worker.signal();
    executor.advance(Duration.ofSeconds(1));
    backend.answerNewest(new ExportResult.PayloadRefused("poison"));
    executor.run();
    assertKept();
  }
}
