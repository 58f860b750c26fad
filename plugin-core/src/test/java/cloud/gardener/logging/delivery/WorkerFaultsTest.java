package cloud.gardener.logging.delivery;

import static cloud.gardener.logging.delivery.FakeBackend.OK;
import static cloud.gardener.logging.delivery.FakeBackend.UNAVAILABLE;
import static cloud.gardener.logging.delivery.Requests.range;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.export.ExportResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The worker goes on whatever those around it do wrong. */
class WorkerFaultsTest extends WorkerTest {
  private static final ExportResult POISON = new ExportResult.PayloadRefused("poison");
  private static final Duration OVERDUE = TIMEOUT.plus(InFlightRequests.GRACE);

  @Test
  void shouldSendAgainWhatTheClientNeverAnswers() {
    backend.answer = numbers -> null;
    appendBatches(2);
    executor.advance(OVERDUE.minusNanos(1));
    assertEquals(1, backend.requests.size());
    backend.answer = numbers -> OK;
    executor.advance(Duration.ofNanos(1));
    assertInstanceOf(ExportResult.Retry.class, observer.results.get(0));
    executor.advance(MAX_PAUSE);
    assertEquals(range(0, 2 * BATCH), backend.accepted);
    assertEquals(0, queue.records());
  }

  @Test
  void shouldIgnoreAnAnswerThatComesWhenNobodyWaitsAnyMore() {
    backend.answer = numbers -> null;
    appendBatches(1);
    executor.advance(OVERDUE);
    executor.advance(MAX_PAUSE);
    assertEquals(2, backend.requests.size());
    backend.pending.remove().done().accept(OK); // Of the first attempt, while the second is under way.
    executor.run();
    assertEquals(BATCH, queue.records());
    backend.answerOldest(OK);
    executor.run();
    assertEquals(0, queue.records());
    assertEquals(2, observer.results.size());
  }

  @Test
  void shouldLookAfterWhatIsUnderWayWithOneTimer() {
    backend.answer = numbers -> OK;
    for (int i = 0; i < 1_000; i++) {
      appendBatches(1);
      executor.run();
    }
    assertTrue(executor.timers() <= 3, executor.timers() + " timers wait");
  }

  @ParameterizedTest
  @EnumSource(Observer.Event.class)
  void shouldSurviveWhateverAnObserverThrows(Observer.Event event) {
    for (Error thrown : List.of(new OutOfMemoryError("a test"), new StackOverflowError())) {
      int before = backend.accepted.size();
      int first = appended();
      observer.throwOnce(event, thrown);
      boolean[] down = {true};
      backend.answer =
          numbers -> {
            if (down[0]) {
              down[0] = false;
              return UNAVAILABLE;
            }
            return numbers.contains(first + 4) ? POISON : OK;
          };
      appendBatches(3);
      executor.advance(Duration.ofMinutes(5));
      assertEquals(before + 3 * BATCH - 1, backend.accepted.size());
      assertEquals(0, queue.records());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldSurviveAnExecutorWithoutMemory(int at) {
    executor.failAt(at);
    appendBatches(2);
    executor.advance(Duration.ofMinutes(1));
    append(1);
    executor.advance(Duration.ofMinutes(1));
    assertEquals(range(0, 2 * BATCH + 1), backend.accepted.stream().sorted().distinct().toList());
    assertEquals(0, queue.records());
  }

  @Test
  void shouldTakeTheFirstOfTwoAnswers() {
    backend.answer = numbers -> null;
    appendBatches(1);
    executor.run();
    FakeBackend.Pending twice = backend.pending.peek();
    backend.answerOldest(OK);
    twice.done().accept(UNAVAILABLE);
    executor.advance(Duration.ofMinutes(1));
    assertEquals(1, backend.requests.size());
    assertEquals(0, queue.records());
  }

  /** Entries of another version, or of a defect: as a whole they may pass, and nobody can cut them. */
  @Test
  void shouldGiveUpAnEntryThatCannotBeCutAsAWhole() {
    backend.countsRecords = false;
    append(4);
    appendUnreadable(3);
    append(3);
    backend.answer = numbers -> numbers.contains(FakeBackend.UNREADABLE) ? POISON : OK;
    executor.advance(Duration.ofMinutes(5));
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6), backend.accepted.stream().sorted().toList());
    assertEquals(List.of(FakeBackend.UNREADABLE), observer.refused);
    assertEquals(0, queue.records());
  }
}
