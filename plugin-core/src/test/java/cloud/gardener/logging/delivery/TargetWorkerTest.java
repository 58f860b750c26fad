package cloud.gardener.logging.delivery;

import static cloud.gardener.logging.delivery.FakeBackend.OK;
import static cloud.gardener.logging.delivery.FakeBackend.UNAVAILABLE;
import static cloud.gardener.logging.delivery.Requests.range;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.BatchConfig;
import cloud.gardener.logging.config.ThrottleConfig;
import cloud.gardener.logging.export.ExportResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way from the queue to the backend, on a real queue, step by step. */
class TargetWorkerTest extends WorkerTest {
  private static final ExportResult REFUSED = new ExportResult.PayloadRefused("poison");
  private static final ExportResult TOO_LARGE = new ExportResult.TooLarge("4 MiB");

  @Test
  void shouldJoinEntriesAndSendAFullBatchAtOnce() {
    append(4);
    append(6);
    executor.run();
    assertEquals(List.of(range(0, 10)), backend.requests);
    assertEquals(0, queue.records());
  }

  @Test
  void shouldJoinTheChunksOfAFlushAndNotWaitForMoreAfterAPause() {
    append(3);
    executor.advance(FLUSH.minusNanos(1));
    append(2);
    executor.run();
    assertEquals(List.of(), backend.requests);
    executor.advance(Duration.ofNanos(1));
    assertEquals(List.of(range(0, 5)), backend.requests);
  }

  @Test
  void shouldSendOneBatchThatIsNotFullInAnInterval() {
    append(1);
    executor.advance(FLUSH);
    append(1);
    executor.advance(INTERVAL.minusNanos(1));
    append(1);
    executor.run();
    assertEquals(List.of(List.of(0)), backend.requests);
    executor.advance(Duration.ofNanos(1));
    assertEquals(List.of(List.of(0), List.of(1, 2)), backend.requests);
  }

  @Test
  void shouldGiveTheRestOfAFlushTheTimeOfTheNextOne() {
    append(BATCH);
    append(1);
    executor.advance(INTERVAL.minusNanos(1));
    assertEquals(List.of(range(0, BATCH)), backend.requests);
    append(BATCH - 1);
    executor.run();
    assertEquals(List.of(range(0, BATCH), range(BATCH, 2 * BATCH)), backend.requests);
    append(1);
    executor.advance(INTERVAL.minusNanos(1));
    assertEquals(2, backend.requests.size());
    executor.advance(Duration.ofNanos(1));
    assertEquals(3, backend.requests.size());
  }

  @Test
  void shouldNotWaitLongerThanAShortInterval() {
    worker = newWorker(new ThrottleConfig(false, 0), new BatchConfig(BATCH, Duration.ofMillis(20), IN_FLIGHT));
    append(1);
    executor.advance(Duration.ofMillis(20));
    assertEquals(1, backend.requests.size());
  }

  @Test
  void shouldKeepInTheQueueWhatIsNotAnswered() {
    backend.answer = numbers -> null;
    appendBatches(1);
    executor.run();
    assertEquals(BATCH, queue.records());
    backend.answerOldest(OK);
    executor.run();
    assertEquals(0, queue.records());
  }

  @Test
  void shouldLetTheQueueGiveUpItsFileWhenNothingComesForAWhile() {
    append(BATCH);
    executor.advance(Duration.ofSeconds(4));
    append(BATCH);
    executor.advance(Duration.ofSeconds(5).minusNanos(1));
    assertTrue(queue.hasEmptyFile());
    executor.advance(Duration.ofNanos(1));
    assertFalse(queue.hasEmptyFile());
  }

  @Test
  void shouldHaveSoManyRequestsUnderWayAndNoMore() {
    openWindow();
    backend.answer = numbers -> null;
    appendBatches(IN_FLIGHT + 2);
    executor.run();
    assertEquals(IN_FLIGHT, backend.pending.size());
    backend.answerOldest(OK);
    executor.run();
    assertEquals(IN_FLIGHT, backend.pending.size());
  }

  @Test
  void shouldRemoveInTheQueuesOrderWhateverTheOrderOfTheAnswers() {
    openWindow();
    backend.answer = numbers -> null;
    appendBatches(2);
    executor.run();
    backend.answerNewest(OK);
    executor.run();
    assertEquals(2 * BATCH, queue.records());
    backend.answerOldest(OK);
    executor.run();
    assertEquals(0, queue.records());
  }

  @Test
  void shouldGiveNothingUpBecauseOfTime() {
    backend.answer = numbers -> UNAVAILABLE;
    appendBatches(2);
    executor.advance(Duration.ofDays(2));
    assertEquals(2 * BATCH, queue.records());
    assertEquals(1, observer.failures);
    backend.answer = numbers -> OK;
    executor.advance(MAX_PAUSE);
    assertEquals(range(0, 2 * BATCH), backend.accepted);
    assertEquals(0, queue.records());
    assertEquals(1, observer.recoveries);
  }

  @Test
  void shouldTryOneBatchAtATimeWhileTheBackendFails() {
    backend.answer = numbers -> UNAVAILABLE;
    appendBatches(5);
    executor.advance(Duration.ofMinutes(1));
    int before = backend.requests.size();
    executor.advance(MAX_PAUSE);
    assertTrue(backend.requests.size() - before <= 2, "tried " + backend.requests);
    assertEquals(range(0, BATCH), backend.requests.get(backend.requests.size() - 1));
  }

  @Test
  void shouldNeverSendBeforeTheBackendAllowsIt() {
    Duration wish = Duration.ofHours(1);
    backend.answer = numbers -> new ExportResult.Retry("later", wish);
    appendBatches(1);
    executor.run();
    backend.answer = numbers -> OK;
    executor.advance(wish.minusNanos(1));
    assertEquals(1, backend.requests.size());
    executor.advance(Duration.ofNanos(1));
    assertEquals(range(0, BATCH), backend.accepted);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 5, 8, 9})
  void shouldGiveUpTheOnePoisonRecordAndDeliverTheOthers(int poison) {
    backend.answer = numbers -> numbers.contains(poison) ? REFUSED : OK;
    append(4);
    append(6);
    executor.run();
    List<Integer> others = new ArrayList<>(range(0, BATCH));
    others.remove(Integer.valueOf(poison));
    assertEquals(others, backend.accepted);
    assertEquals(List.of(poison), observer.refused);
    assertEquals(0, queue.records());
  }

  @Test
  void shouldSendInSmallerRequestsWhatIsTooLarge() {
    backend.answer = numbers -> numbers.size() > 3 ? TOO_LARGE : OK;
    appendBatches(3);
    executor.run();
    assertEquals(range(0, 3 * BATCH), backend.accepted.stream().sorted().toList());
    assertEquals(List.of(), observer.refused);
    assertEquals(0, queue.records());
  }

  @Test
  void shouldSendThePartsOfABatchInOrderAlsoThroughFailures() {
    int[] calls = {0};
    backend.answer =
        numbers -> {
          if (numbers.contains(3)) {
            return REFUSED;
          }
          return calls[0]++ % 2 == 0 ? UNAVAILABLE : OK;
        };
    appendBatches(1);
    executor.advance(Duration.ofMinutes(10));
    assertEquals(List.of(0, 1, 2, 4, 5, 6, 7, 8, 9), backend.accepted);
    assertEquals(List.of(3), observer.refused);
    assertEquals(0, queue.records());
  }

  @Test
  void shouldCountARefusalAsAnAnswerOfABackendThatWorks() {
    backend.answer = numbers -> UNAVAILABLE;
    append(1);
    executor.advance(INTERVAL);
    backend.answer = numbers -> numbers.contains(0) ? REFUSED : OK;
    executor.advance(MAX_PAUSE);
    assertEquals(1, observer.recoveries);
    append(1);
    executor.run();
    assertEquals(List.of(1), backend.accepted);
    assertEquals(List.of(0), observer.refused);
  }

  @Test
  void shouldNotSendAgainWhatWasAcceptedInPart() {
    backend.answer = numbers -> new ExportResult.Accepted(4, "four were wrong");
    appendBatches(1);
    executor.advance(Duration.ofHours(1));
    assertEquals(1, backend.requests.size());
    assertEquals(0, queue.records());
  }

  @Test
  void shouldDelayWhatIsAboveTheRateLimitAndLoseNothing() {
    worker = newWorker(new ThrottleConfig(true, BATCH)); // A batch a second, two in a burst.
    appendBatches(5);
    executor.run();
    assertEquals(2, backend.requests.size());
    executor.advance(Duration.ofMillis(999));
    assertEquals(2, backend.requests.size());
    executor.advance(Duration.ofMillis(1));
    assertEquals(3, backend.requests.size());
    executor.advance(Duration.ofSeconds(2));
    assertEquals(range(0, 5 * BATCH), backend.accepted);
    assertEquals(3 * BATCH, observer.throttled);
    assertEquals(0, queue.records());
  }

  @Test
  void shouldNotWaitForTheIntervalInADrain() throws Exception {
    append(3);
    worker.drain(0);
    executor.run();
    assertEquals(range(0, 3), backend.accepted);
  }

  @Test
  void shouldEndADrainWhenTheBackendFails() throws Exception {
    backend.answer = numbers -> UNAVAILABLE;
    appendBatches(1);
    Thread drain = start(() -> worker.drain(Duration.ofHours(1).toNanos()));
    runWhile(drain);
    assertEquals(BATCH, queue.records());
  }

  @Test
  void shouldLeaveInTheQueueWhatIsAnsweredAfterTheStop() throws Exception {
    backend.answer = numbers -> null;
    appendBatches(1);
    executor.run();
    boolean[] ended = {false};
    runWhile(start(() -> ended[0] = worker.stop()));
    assertTrue(ended[0], "only the time was over");
    backend.answerOldest(OK);
    executor.run();
    assertEquals(BATCH, queue.records());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldSendAgainWhatTheClientFailedOn(boolean noMemory) {
    boolean[] broken = {true};
    backend.answer =
        numbers -> {
          if (broken[0] && noMemory) {
            throw new OutOfMemoryError("a test");
          } else if (broken[0]) {
            throw new IllegalStateException("a defect");
          }
          return OK;
        };
    appendBatches(2);
    executor.run();
    assertNotNull(observer.defect);
    broken[0] = false;
    executor.advance(MAX_PAUSE);
    assertEquals(range(0, 2 * BATCH), backend.accepted);
    assertEquals(0, queue.records());
  }

  /** A call that may be interrupted. */
  private interface Call {
    void run() throws InterruptedException;
  }

  private static Thread start(Call call) {
    Thread thread =
        new Thread(
            () -> {
              try {
                call.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.start();
    return thread;
  }

  /** Runs steps until {@code waiting} has what it waits for. */
  private void runWhile(Thread waiting) throws InterruptedException {
    long deadlineNs = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (waiting.isAlive()) {
      executor.run();
      waiting.join(1);
      assertTrue(System.nanoTime() - deadlineNs < 0, "still waits");
    }
  }
}
