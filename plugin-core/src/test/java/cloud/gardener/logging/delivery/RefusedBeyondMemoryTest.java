package cloud.gardener.logging.delivery;

import static cloud.gardener.logging.delivery.FakeBackend.OK;
import static cloud.gardener.logging.delivery.Requests.range;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.export.ExportResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refused records that fill what a target may have in memory: what shows their fault is behind them on disk. */
class RefusedBeyondMemoryTest extends WorkerTest {
  private static final ExportResult TOO_LARGE = new ExportResult.TooLarge("413");

  RefusedBeyondMemoryTest() {
    memoryRecords = 2 * BATCH;
  }

  /** Each is an entry of its own, as large records are. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 19, 20, 21, 22, 26})
  void shouldReadOnBehindARunOfRefusedRecords(int run) {
    refuseRequestsWith(Set.copyOf(range(0, run)));
    for (int i = 0; i < run; i++) {
      append(1);
    }
    appendBatches(5);
    executor.advance(Duration.ofMinutes(30));
    assertEquals(range(0, run), observer.refused.stream().sorted().toList());
    assertEquals(range(run, run + 5 * BATCH), backend.accepted.stream().sorted().toList());
    assertEquals(0, queue.records());
  }

  /** So that a backend that refuses everything does not bring the whole queue into memory. */
  @Test
  void shouldNotReadOnWhenTheBackendRefusesEverything() {
    backend.answer = numbers -> TOO_LARGE;
    for (int i = 0; i < 50; i++) {
      append(1);
    }
    executor.advance(Duration.ofHours(1));
    assertEquals(50, queue.records());
    List<Integer> tried = new ArrayList<>(backend.requests.stream().flatMap(List::stream).distinct().toList());
    assertTrue(tried.size() <= memoryRecords + Refusals.LIMIT, tried::toString);
    backend.answer = numbers -> OK;
    executor.advance(MAX_PAUSE);
    assertEquals(range(0, 50), backend.accepted.stream().sorted().toList());
    assertEquals(List.of(), observer.refused);
  }

  private void refuseRequestsWith(Set<Integer> poisons) {
    backend.answer = numbers -> numbers.stream().anyMatch(poisons::contains) ? TOO_LARGE : OK;
  }
}
