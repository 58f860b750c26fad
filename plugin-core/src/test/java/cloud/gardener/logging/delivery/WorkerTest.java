package cloud.gardener.logging.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.config.BatchConfig;
import cloud.gardener.logging.config.QueueConfig;
import cloud.gardener.logging.config.RetryConfig;
import cloud.gardener.logging.config.ThrottleConfig;
import cloud.gardener.logging.config.value.FullPolicy;
import cloud.gardener.logging.config.value.QueueSync;
import cloud.gardener.logging.config.value.RefusedPolicy;
import cloud.gardener.logging.export.ExportRequest;
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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A worker on a real queue, whose steps, clock and backend the test has in its hand. */
abstract class WorkerTest {
  static final int BATCH = 10;
  static final int IN_FLIGHT = 3;
  static final Duration INTERVAL = Duration.ofSeconds(1);
  static final Duration FLUSH = Duration.ofMillis(100);
  static final Duration TIMEOUT = Duration.ofSeconds(30);
  static final Duration MAX_PAUSE = Duration.ofSeconds(30);

  @TempDir Path folder;

  final ManualExecutor executor = new ManualExecutor();
  final FakeBackend backend = new FakeBackend();
  final Observer observer = new Observer();
  private QueueFolder queues;
  DiskQueue queue;
  TargetWorker worker;
  RefusedPolicy refusedPolicy = RefusedPolicy.KEEP;

  /** What the queue may have in memory; set before it is opened. */
  int memoryRecords = 1_000;

  private int appended;

  /** Records its calls, and throws once when a test says so. */
  static final class Observer implements ExportObserver {
    /** The calls that can throw. */
    enum Event {
      SENT,
      ANSWERED,
      REFUSED,
      FAILING,
      RECOVERED
    }

    final List<Integer> refused = new ArrayList<>();
    final List<ExportResult> results = new ArrayList<>();
    final List<ExportResult.Failure> failing = new ArrayList<>();
    int throttled;
    int failures;
    int recoveries;
    Throwable defect;
    private Event throwing;
    private Error thrown;

    void throwOnce(Event event, Error error) {
      throwing = event;
      thrown = error;
    }

    private void record(Event event) {
      if (event == throwing) {
        throwing = null;
        throw thrown;
      }
    }

    @Override
    public void onThrottled(int records) {
      throttled += records;
    }

    @Override
    public void onSend(int records) {
      record(Event.SENT);
    }

    @Override
    public void onResult(int records, ExportResult result, long durationNs) {
      results.add(result);
      record(Event.ANSWERED);
    }

    @Override
    public void onRefused(ExportRequest request, ExportResult.Failure why) {
      refused.addAll(Requests.numbers(request));
      record(Event.REFUSED);
    }

    @Override
    public void onOutage(ExportResult.Failure failure) {
      failing.add(failure);
      failures++;
      record(Event.FAILING);
    }

    @Override
    public void onRecovered() {
      recoveries++;
      record(Event.RECOVERED);
    }

    @Override
    public void onDefect(Throwable thrown) {
      defect = thrown;
    }
  }

  @BeforeEach
  void open() throws Exception {
    QueueConfig config =
        new QueueConfig(
            folder, "out", 500, QueueSync.NORMAL, 1 << 24, 1 << 24, FullPolicy.RETRY, memoryRecords, 0);
    QueueListener nothingIsLost =
        new QueueListener() {
          @Override
          public void onLoss(long records) {
            throw new AssertionError("lost " + records);
          }

          @Override
          public void onQuarantine() {
            throw new AssertionError("quarantined");
          }
        };
    queues = QueueFolder.open(folder, 1 << 24, "a test");
    queue = queues.openQueue("target", config, nothingIsLost);
    worker = newWorker(new ThrottleConfig(false, 0));
  }

  TargetWorker newWorker(ThrottleConfig throttle) {
    return newWorker(throttle, BATCH);
  }

  TargetWorker newWorker(ThrottleConfig throttle, int maxBatch) {
    return newWorker(throttle, new BatchConfig(maxBatch, INTERVAL, IN_FLIGHT));
  }

  TargetWorker newWorker(ThrottleConfig throttle, BatchConfig batches) {
    RetryConfig retry =
        new RetryConfig(
            true, Duration.ofSeconds(1), MAX_PAUSE, Duration.ofMinutes(10), refusedPolicy);
    return new TargetWorker(
            queue,
            backend,
            new Backoff(retry, executor::nanoTime, () -> 0.5),
            new RateLimiter(throttle, executor::nanoTime),
            batches,
            TIMEOUT,
            retry.refusedPolicy(),
            executor,
            observer);
  }

  @AfterEach
  void close() {
    queue.close();
    queues.close();
  }

  /** Appends an entry of so many records, numbered on. */
  void append(int records) {
    assertEquals(
        AppendResult.APPENDED, queue.append(List.of(Requests.entry(appended, records))));
    appended += records;
    worker.signal();
  }

  /** Appends an entry of so many records that is no request; they have no numbers. */
  void appendUnreadable(int records) {
    assertEquals(AppendResult.APPENDED, queue.append(List.of(Requests.unreadable(records))));
    worker.signal();
  }

  /** Records so far. */
  int appended() {
    return appended;
  }

  void appendBatches(int batches) {
    for (int i = 0; i < batches; i++) {
      append(BATCH);
    }
  }

  /** Has so many requests answered that all that may be are under way at once. */
  void openWindow() {
    appendBatches((IN_FLIGHT - 1) * SendWindow.REQUESTS_TO_GROW);
    executor.run();
    assertEquals(0, queue.records());
    backend.accepted.clear();
    backend.requests.clear();
  }
}
