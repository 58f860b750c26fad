package cloud.gardener.logging.delivery;

import static cloud.gardener.logging.delivery.FakeBackend.OK;
import static cloud.gardener.logging.delivery.FakeBackend.UNAVAILABLE;
import static cloud.gardener.logging.delivery.Requests.range;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.ThrottleConfig;
import cloud.gardener.logging.config.value.RefusedPolicy;
import cloud.gardener.logging.export.ExportResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a refusal is about a record or about the backend, and what becomes of the records. */
class RefusedTest extends WorkerTest {
  private static final ExportResult POISON = new ExportResult.PayloadRefused("INVALID_ARGUMENT");
  private static final ExportResult TOO_LARGE = new ExportResult.TooLarge("413");
  private static final ExportResult NOT_FOUND =
      new ExportResult.DestinationRefused("HTTP 404", "the path", Duration.ZERO);
  private static final Duration OUTAGE = Duration.ofSeconds(6);

  static List<ExportResult> refusals() {
    return List.of(POISON, TOO_LARGE, NOT_FOUND);
  }

  @Test
  void shouldKeepTheBatchWholeWhenTheDestinationRefuses() {
    backend.answer = numbers -> NOT_FOUND;
    appendBatches(3);
    executor.advance(Duration.ofMinutes(10));
    assertTrue(backend.requests.stream().allMatch(range(0, BATCH)::equals), backend.requests::toString);
    assertEquals(3 * BATCH, queue.records());
    assertEquals(List.of(), observer.refused);
    assertEquals(List.of(NOT_FOUND), observer.failing);
    backend.answer = numbers -> OK;
    executor.advance(MAX_PAUSE);
    assertEquals(range(0, 3 * BATCH), backend.accepted);
    assertEquals(1, observer.recoveries);
  }

  /** Also where the refusal names the payload: no record is at fault. */
  @ParameterizedTest
  @MethodSource("refusals")
  void shouldLoseNothingThroughSixSecondsOfRefusal(ExportResult refusal) {
    backend.answer = numbers -> refusal;
    for (int second = 0; second < 6; second++) {
      appendBatches(20);
      executor.advance(Duration.ofSeconds(1));
    }
    backend.answer = numbers -> OK;
    executor.advance(Duration.ofMinutes(2));
    assertEquals(range(0, 6 * 20 * BATCH), backend.accepted.stream().sorted().toList());
    assertEquals(List.of(), observer.refused);
    assertEquals(0, queue.records());
  }

  @Test
  void shouldSendOneRequestAPauseWhileTheDestinationRefuses() {
    backend.answer = numbers -> NOT_FOUND;
    for (int second = 0; second < OUTAGE.toSeconds(); second++) {
      appendBatches(20);
      executor.advance(Duration.ofSeconds(1));
    }
    // Pauses of 0.75, 1.125, 1.69 and 2.5 s follow the first request.
    assertTrue(backend.requests.size() <= 5, backend.requests.size() + " requests");
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void shouldPauseLongestInALongRefusal(ExportResult refusal) {
    backend.answer = numbers -> refusal;
    appendBatches(10);
    executor.advance(Duration.ofMinutes(10));
    int before = backend.requests.size();
    executor.advance(MAX_PAUSE.multipliedBy(10));
    int probes = backend.requests.size() - before;
    assertTrue(probes <= 14, probes + " requests in ten times the longest pause"); // Of 22.5 s with this jitter.
    assertEquals(10 * BATCH, queue.records());
    assertEquals(List.of(), observer.refused);
  }

  @Test
  void shouldTakeSingleRecordsRefusedInARowForTheDestination() {
    backend.answer = numbers -> POISON;
    appendBatches(2);
    executor.run();
    ExportResult.Failure reported = observer.failing.get(observer.failing.size() - 1);
    assertInstanceOf(ExportResult.DestinationRefused.class, reported);
    assertTrue(reported.reason().contains("INVALID_ARGUMENT"), reported::reason);
    long singles = backend.requests.stream().filter(numbers -> numbers.size() == 1).count();
    assertEquals(Refusals.LIMIT, singles);
    assertInstanceOf(
        ExportResult.DestinationRefused.class, observer.results.get(observer.results.size() - 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 100, 127, 128, 199, 254, 255})
  void shouldFindOnePoisonRecordAmongManyWithFewRequests(int at) {
    int poison = 20 * 256 + at;
    worker = newWorker(new ThrottleConfig(false, 0), 256);
    backend.answer = numbers -> numbers.contains(poison) ? POISON : OK;
    for (int i = 0; i < 20_000 / 250; i++) {
      append(250);
      executor.advance(Duration.ofMillis(10));
    }
    executor.advance(Duration.ofMinutes(1));
    List<Integer> others = new ArrayList<>(range(0, 20_000));
    others.remove(Integer.valueOf(poison));
    assertEquals(others, backend.accepted.stream().sorted().toList());
    assertEquals(List.of(poison), observer.refused);
    assertEquals(0, queue.records());
    long batches = 20_000 / 250;
    assertTrue(
        backend.requests.size() <= batches + 16, backend.requests.size() - batches + " extra requests");
    assertEquals(List.of(), observer.failing);
  }

  @Test
  void shouldDecideOnALonePoisonRecordWhenAnotherIsAccepted() {
    backend.answer = numbers -> numbers.contains(0) ? POISON : OK;
    append(1);
    executor.advance(Duration.ofMinutes(5));
    assertEquals(List.of(), observer.refused, "nobody knows whether it is the record or the backend");
    assertEquals(1, queue.records());
    append(1);
    executor.run(); // At once: it neither waits for the interval nor for the pause.
    assertEquals(List.of(1), backend.accepted);
    assertEquals(List.of(0), observer.refused);
    assertEquals(0, queue.records());
  }

  /** What is given up last may be what makes it the destination, and then nothing is left to try. */
  @ParameterizedTest
  @ValueSource(ints = {7, 8, 9, 16})
  void shouldRestWhenNothingIsLeft(int poisons) {
    backend.answer =
        numbers -> numbers.stream().anyMatch(number -> number < poisons) ? POISON : OK;
    append(poisons);
    executor.advance(Duration.ofMinutes(5));
    for (int i = 0; i < 3; i++) {
      append(1);
      assertTimeoutPreemptively(
          Duration.ofMinutes(1), () -> executor.advance(Duration.ofMinutes(5)), "it turns and turns");
    }
    assertEquals(range(0, poisons), observer.refused.stream().sorted().toList());
    assertEquals(range(poisons, poisons + 3), backend.accepted);
    assertEquals(0, queue.records());
    assertFalse(queue.hasEmptyFile());
  }

  @Test
  void shouldDeliverALoneRecordWhenTheBackendTakesItAfterAll() {
    backend.answer = numbers -> POISON;
    append(1);
    executor.advance(Duration.ofMinutes(5));
    backend.answer = numbers -> OK;
    executor.advance(MAX_PAUSE);
    assertEquals(List.of(0), backend.accepted);
    assertEquals(List.of(), observer.refused);
    assertEquals(0, queue.records());
  }

  @Test
  void shouldNotStallBehindALonePoisonRecord() {
    backend.answer = numbers -> numbers.contains(3) ? POISON : OK;
    append(1);
    append(1);
    append(1);
    executor.advance(INTERVAL);
    append(1);
    executor.advance(INTERVAL);
    for (int i = 0; i < 5; i++) {
      append(2);
      executor.advance(INTERVAL);
    }
    assertEquals(List.of(3), observer.refused);
    assertEquals(13, backend.accepted.size());
    assertEquals(0, queue.records());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 8, 9, 20, 60})
  void shouldGiveUpManyPoisonRecordsInARowAndDeliverTheOthers(int poisons) {
    backend.answer =
        numbers -> numbers.stream().anyMatch(number -> number >= 15 && number < 15 + poisons) ? POISON : OK;
    appendBatches(12);
    executor.advance(Duration.ofMinutes(30));
    assertEquals(range(15, 15 + poisons), observer.refused.stream().sorted().toList());
    assertEquals(120 - poisons, backend.accepted.size());
    assertEquals(0, queue.records());
  }

  @Test
  void shouldGiveUpEverySecondRecordAndDeliverTheOthers() {
    backend.answer =
        numbers -> numbers.stream().anyMatch(number -> number % 2 == 0) ? POISON : OK;
    appendBatches(6);
    executor.advance(Duration.ofMinutes(30));
    assertEquals(30, observer.refused.size());
    assertEquals(30, backend.accepted.size());
    assertTrue(backend.accepted.stream().allMatch(number -> number % 2 == 1));
    assertEquals(0, queue.records());
  }

  /** The backend turns bad while a poison record is looked for. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20})
  void shouldNotTakeABackendThatTurnsBadForPoison(int afterRequests) {
    backend.answer =
        numbers ->
            backend.requests.size() > afterRequests || numbers.contains(3) ? POISON : OK;
    appendBatches(5);
    executor.advance(Duration.ofMinutes(1));
    backend.answer = numbers -> numbers.contains(3) ? POISON : OK;
    executor.advance(Duration.ofMinutes(10));
    assertEquals(List.of(3), observer.refused);
    assertEquals(49, backend.accepted.size());
    assertEquals(0, queue.records());
  }

  /** And good again, at any moment. */
  @Test
  void shouldNotTakeABackendThatTurnsGoodForPoison() {
    for (int refused = 1; refused < 80; refused++) {
      int until = backend.requests.size() + refused;
      int accepted = backend.accepted.size();
      backend.answer = numbers -> backend.requests.size() <= until ? POISON : OK;
      appendBatches(3);
      executor.advance(Duration.ofMinutes(60));
      assertEquals(accepted + 3 * BATCH, backend.accepted.size(), "after " + refused);
    }
    assertEquals(List.of(), observer.refused);
    assertEquals(0, queue.records());
  }

  @Test
  void shouldSpeakUpWhenAnOutageBecomesARefusal() {
    backend.answer = numbers -> UNAVAILABLE;
    appendBatches(1);
    executor.advance(MAX_PAUSE);
    backend.answer = numbers -> NOT_FOUND;
    executor.advance(MAX_PAUSE.multipliedBy(4));
    assertEquals(List.of(UNAVAILABLE, NOT_FOUND), observer.failing);
    assertEquals(0, observer.recoveries);
  }

  @Test
  void shouldKeepTheOrderOfTheOthersAroundAPoisonRecord() {
    backend.answer = numbers -> numbers.contains(13) ? POISON : OK;
    appendBatches(4);
    executor.run();
    List<Integer> others = new ArrayList<>(range(0, 40));
    others.remove(Integer.valueOf(13));
    assertEquals(others, backend.accepted);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void shouldDropWholeRequestsByTheLetterOfOtlp(ExportResult refusal) {
    refusedPolicy = RefusedPolicy.DROP;
    worker = newWorker(new ThrottleConfig(false, 0));
    backend.answer = numbers -> numbers.contains(12) ? refusal : OK;
    appendBatches(3);
    executor.run();
    Set<Integer> given = Set.copyOf(observer.refused);
    // What is too large is sent in smaller requests all the same.
    assertEquals(refusal == TOO_LARGE ? Set.of(12) : Set.copyOf(range(10, 20)), given);
    assertEquals(30 - given.size(), backend.accepted.size());
    assertEquals(0, queue.records());
    assertEquals(List.of(), observer.failing);
  }
}
