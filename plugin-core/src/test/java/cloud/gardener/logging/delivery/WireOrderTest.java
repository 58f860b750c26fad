package cloud.gardener.logging.delivery;

import static cloud.gardener.logging.delivery.FakeBackend.OK;
import static cloud.gardener.logging.delivery.FakeBackend.UNAVAILABLE;
import static cloud.gardener.logging.delivery.Requests.range;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a request of a target may begin while others are under way. */
class WireOrderTest extends WorkerTest {
  /** Requests that wait for being written and for their answers, of which one is sent. */
  private void holdRequests(int batches) {
    openWindow();
    backend.answer = numbers -> null;
    backend.writes = false;
    appendBatches(batches);
    executor.run();
    assertEquals(1, backend.requests.size());
  }

  private void write(int index) {
    backend.pending.stream().skip(index).findFirst().orElseThrow().written().run();
    executor.run();
  }

  @Test
  void shouldBeginTheNextRequestOnlyWhenTheOneBeforeIsWritten() {
    holdRequests(IN_FLIGHT + 1);
    executor.advance(TIMEOUT);
    assertEquals(1, backend.requests.size());
    write(0);
    assertEquals(2, backend.requests.size());
    write(1);
    assertEquals(3, backend.requests.size());
    write(2);
    assertEquals(IN_FLIGHT, backend.requests.size());
  }

  @Test
  void shouldBeginTheNextRequestWhenTheOneBeforeIsAnsweredWithoutBeingWritten() {
    holdRequests(3);
    backend.answerOldest(OK);
    executor.run();
    assertEquals(2, backend.requests.size());
    backend.answerOldest(OK);
    executor.run();
    backend.answerOldest(OK);
    executor.run();
    assertEquals(0, queue.records());
    assertEquals(backend.accepted.stream().sorted().toList(), backend.accepted);
  }

  @Test
  void shouldNotBeginBehindARequestThatHasFailedAtOnce() {
    openWindow();
    backend.answer = numbers -> UNAVAILABLE;
    appendBatches(2);
    executor.run();
    assertEquals(1, backend.requests.size());
  }

  @Test
  void shouldNotWaitForAnEarlierAnswerToBeginBehindAWrittenRequest() {
    holdRequests(3);
    write(0);
    backend.answerOldest(OK);
    executor.run();
    assertEquals(2, backend.requests.size());
    write(0);
    assertEquals(3, backend.requests.size());
  }

  @Test
  void shouldMakeNoStepForAWrittenRequestThatNothingWaitsBehind() {
    holdRequests(1);
    backend.pending.peek().written().run();
    assertTrue(executor.isIdle());
  }

  @Test
  @Timeout(20)
  void shouldMakeNoStepsWhileWhatIsDueMustWait() {
    holdRequests(1);
    append(1);
    executor.advance(INTERVAL.multipliedBy(2));
    assertEquals(1, backend.requests.size());
    write(0);
    assertEquals(2, backend.requests.size());
  }

  @Test
  void shouldNotMindARequestThatIsWrittenAfterItsAnswer() {
    holdRequests(4);
    Runnable late = backend.pending.peek().written();
    backend.answerOldest(OK);
    executor.run();
    late.run();
    executor.run();
    assertEquals(2, backend.requests.size(), "the second is not written");
    write(0);
    assertEquals(3, backend.requests.size());
  }

  @Test
  void shouldHaveOneRequestUnderWayAtFirst() {
    backend.answer = numbers -> null;
    appendBatches(2);
    executor.run();
    assertEquals(1, backend.pending.size());
    backend.answerOldest(OK);
    executor.run();
    assertEquals(1, backend.pending.size());
  }

  @Test
  void shouldHaveOneRequestUnderWayAgainAfterAFailure() {
    openWindow();
    backend.answer = numbers -> null;
    appendBatches(IN_FLIGHT + 2);
    executor.run();
    assertEquals(IN_FLIGHT, backend.pending.size());
    backend.answerNewest(UNAVAILABLE);
    while (!backend.pending.isEmpty()) {
      backend.answerOldest(OK);
    }
    executor.advance(MAX_PAUSE);
    assertEquals(1, backend.pending.size());
    backend.answerOldest(OK);
    executor.run();
    assertEquals(1, backend.pending.size());
  }

  @Test
  void shouldKeepTheOrderWithABackendThatFailsEachFifthRequest() {
    int[] calls = {0};
    backend.answer = numbers -> calls[0]++ % 5 == 4 ? UNAVAILABLE : OK;
    appendBatches(30);
    executor.advance(Duration.ofHours(1));
    assertEquals(range(0, 30 * BATCH), backend.accepted);
  }
}
