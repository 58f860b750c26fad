package cloud.gardener.logging.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.config.BatchConfig;
import cloud.gardener.logging.config.QueueConfig;
import cloud.gardener.logging.config.RetryConfig;
import cloud.gardener.logging.config.ThrottleConfig;
import cloud.gardener.logging.config.value.FullPolicy;
import cloud.gardener.logging.config.value.QueueSync;
import cloud.gardener.logging.config.value.RefusedPolicy;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.pace.Backoff;
import cloud.gardener.logging.pace.RateLimiter;
import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.DiskQueue;
import cloud.gardener.logging.queue.QueueFolder;
import cloud.gardener.logging.queue.QueueListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Targets that share the threads have a pace of their own: beside dead ones, each request of a live one leaves at the
 * very same moment as without them. By a clock that the test moves, so that nothing is noise.
 */
@Tag("faults")
class PaceTest {
  private static final int ALIVE = 9;
  private static final int ENTRIES = 60;
  private static final int RECORDS = 3;
  private static final Duration BETWEEN = Duration.ofMillis(300);

  /** What dead backends say; null is no answer. */
  private static final List<ExportResult> DEAD =
      Arrays.asList(
          null,
          FakeBackend.UNAVAILABLE,
          new ExportResult.Retry("come later", Duration.ofHours(1)));

  @TempDir Path folder;

  /** What runs on one clock. */
  private final class Node {
    private final ManualExecutor executor = new ManualExecutor();
    private final long startNs = executor.nanoTime();
    private final List<TargetWorker> workers = new ArrayList<>();
    private final List<DiskQueue> queues = new ArrayList<>();
    private final QueueFolder files;

    /** When each target's records arrived, by target and number. */
    private final Map<String, Long> arrivedNs = new TreeMap<>();

    Node(String name) throws Exception {
      files = QueueFolder.open(folder.resolve(name), 1 << 26, "a test");
    }

    void target(String name, Function<List<Integer>, ExportResult> answer) throws Exception {
      QueueConfig config =
          new QueueConfig(folder, name, 500, QueueSync.NORMAL, 1 << 24, 1 << 26, FullPolicy.RETRY, 1_000, 0);
      RetryConfig retry =
          new RetryConfig(
              true, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(10), RefusedPolicy.KEEP);
      FakeBackend backend = new FakeBackend();
      backend.answer = answer;
      DiskQueue queue = files.openQueue(name, config, new NothingIsLost());
      queues.add(queue);
      workers.add(
          new TargetWorker(
              queue,
              backend,
              new Backoff(retry, executor::nanoTime, () -> 0.5),
              new RateLimiter(new ThrottleConfig(false, 0), executor::nanoTime),
              new BatchConfig(10, Duration.ofSeconds(1), 3),
              Duration.ofSeconds(30),
              retry.refusedPolicy(),
              executor,
              new WorkerTest.Observer()));
    }

    private ExportResult recordArrival(String name, List<Integer> numbers) {
      for (int number : numbers) {
        arrivedNs.put("%s %04d".formatted(name, number), executor.nanoTime() - startNs);
      }
      return FakeBackend.OK;
    }

    /** Gives each target an entry from time to time. */
    void run() {
      for (int i = 0; i < ENTRIES; i++) {
        for (int target = 0; target < workers.size(); target++) {
          assertEquals(
              AppendResult.APPENDED,
              queues.get(target).append(List.of(Requests.entry(i * RECORDS, RECORDS))));
          workers.get(target).signal();
        }
        executor.advance(BETWEEN);
      }
      executor.advance(Duration.ofSeconds(2));
      queues.forEach(DiskQueue::close);
      files.close();
    }
  }

  private static final class NothingIsLost implements QueueListener {
    @Override
    public void onLoss(long records) {
      throw new AssertionError("lost " + records);
    }

    @Override
    public void onQuarantine() {
      throw new AssertionError("quarantined");
    }
  }

  private Map<String, Long> arrivals(String name, boolean withDead) throws Exception {
    Node node = new Node(name);
    for (int i = 0; i < ALIVE; i++) {
      String alive = "alive-" + i;
      node.target(alive, numbers -> node.recordArrival(alive, numbers));
      if (withDead) {
        ExportResult said = DEAD.get(i % DEAD.size());
        node.target("dead-" + i, numbers -> said);
      }
    }
    node.run();
    return node.arrivedNs;
  }

  @Test
  void shouldHaveThePaceThatItHasWithoutDeadOnes() throws Exception {
    Map<String, Long> without = arrivals("without", false);

    assertEquals(ALIVE * ENTRIES * RECORDS, without.size());
    assertEquals(without, arrivals("with", true));
  }
}
