package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.config.BatchConfig;
import cloud.gardener.logging.export.Backoff;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.RateLimiter;
import cloud.gardener.logging.queue.DiskQueue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Brings one target's queue to its backend: read, export, remove.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>An entry is removed from the queue only when the backend has answered for good, and in the
 *       queue's order: a crash at any moment repeats at most the batches in flight.
 *   <li>A batch that the backend refuses for good is halved, and the halves are sent, until the record
 *       that is refused stands alone: only that one is given up.
 *   <li>Nothing is given up because of time. After a failure that may pass, one batch at a time is
 *       tried until one is taken; then more go out again, see {@link SendWindow}.
 *   <li>A request begins only when the one before is written, or its answer has been dealt with: on a
 *       connection that carries both, records are in the queue's order, but for what is sent again.
 *   <li>A step never waits, so a few threads serve every target.
 * </ul>
 *
 * <p>{@link #signal()}, {@link #drain} and {@link #stop()} are thread-safe; all else happens in
 * steps, of which one runs at a time.
 */
final class TargetWorker {
  private static final long STOP_SECONDS = 5;
  private static final long AFTER_DEFECT_NS = TimeUnit.SECONDS.toNanos(1);

  /** The client copies what it sends: a backend that does not answer must not hold all memory. */
  private static final int MAX_BYTES_IN_FLIGHT = 8 << 20;

  /** How long a queue is empty before it gives up its file: a flush comes each second where any come. */
  private static final long REST_NS = TimeUnit.SECONDS.toNanos(5);

  private final DiskQueue queue;
  private final ExportClient client;
  private final RateLimiter limiter;
  private final StepExecutor executor;
  private final ExportObserver observer;
  private final Batcher batcher;

  private final AtomicInteger signals = new AtomicInteger();
  private final Queue<Sent> answers = new ConcurrentLinkedQueue<>();
  private final CountDownLatch drained = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean draining;
  private volatile boolean stopped;

  // Owned by the step that runs.
  private final ArrayDeque<Batch> batches = new ArrayDeque<>();
  private final SendWindow window;
  private final Outage outage;
  private Sent last;
  private int sending;
  private int bytesInFlight;
  private boolean blocked;
  private long throttledNs;
  private long timerNs;
  private boolean timerSet;
  private long busyNs;

  TargetWorker(
      DiskQueue queue,
      ExportClient client,
      Backoff backoff,
      RateLimiter limiter,
      BatchConfig config,
      StepExecutor executor,
      ExportObserver observer) {
    this.queue = queue;
    this.client = client;
    this.limiter = limiter;
    this.executor = executor;
    this.observer = observer;
    this.batcher = new Batcher(queue, config);
    this.window = new SendWindow(config.maxInFlight());
    this.outage = new Outage(backoff, observer);
  }

  /** Says that there may be something to do: an append, an answer, a timer. */
  void signal() {
    if (signals.getAndIncrement() == 0) {
      executor.execute(this::run);
    }
  }

  /**
   * Sends what the backend takes, without waiting for batches to fill, and returns when the queue is
   * empty, the backend fails, or the time is over. Call {@link #stop()} afterwards.
   */
  void drain(long timeoutNs) throws InterruptedException {
    draining = true;
    signal();
    drained.await(timeoutNs, TimeUnit.NANOSECONDS);
  }

  /**
   * Ends all work and returns when the last step is over; answers that come later are ignored, and
   * their entries stay in the queue.
   */
  void stop() throws InterruptedException {
    stopped = true;
    signal();
    ended.await(STOP_SECONDS, TimeUnit.SECONDS);
  }

  private void run() {
    int seen = signals.get();
    try {
      if (stopped) {
        ended.countDown();
      } else {
        step();
      }
    } catch (RuntimeException | Error e) {
      // A defect of ours or no memory: the target must not stand still for ever.
      observer.broken(e);
      executor.schedule(this::signal, AFTER_DEFECT_NS);
    } finally {
      // What was signalled meanwhile gets a turn of its own, after the other targets' turns.
      if (signals.addAndGet(-seen) != 0) {
        executor.execute(this::run);
      }
    }
  }

  private void step() {
    long nowNs = executor.nanoTime();
    settle(nowNs);
    removeDone();
    send(nowNs);
    rest(nowNs);
    if (draining && (outage.lasts() || isIdle())) {
      drained.countDown();
    }
    setTimer(nowNs);
  }

  /** Takes the answers that have come in. */
  private void settle(long nowNs) {
    for (Sent answer = answers.poll(); answer != null; answer = answers.poll()) {
      Batch batch = answer.batch;
      if (answer == last) {
        last = null; // Nothing of it is to stay in memory.
      }
      sending--;
      bytesInFlight -= answer.request.bytes();
      ExportResult result = answer.result();
      observer.answered(answer.request.records(), result, nowNs - answer.startedNs);
      if (result instanceof ExportResult.Retry retry) {
        batch.state = Batch.State.WAITING;
        window.failed();
        outage.failed(batch, retry, nowNs);
      } else {
        outage.answered(batch);
        if (result instanceof ExportResult.Accepted) {
          window.accepted();
          batch.answered();
        } else {
          window.failed();
          if (!batch.split()) {
            observer.refused(answer.request, result);
            batch.answered();
          }
        }
      }
    }
  }

  private void removeDone() {
    int entries = 0;
    while (!batches.isEmpty() && batches.peekFirst().state == Batch.State.DONE) {
      entries += batches.pollFirst().entries();
    }
    if (entries > 0) {
      queue.remove(entries);
      batcher.removed(entries);
    }
  }

  private void rest(long nowNs) {
    if (!isIdle()) {
      busyNs = nowNs;
    } else if (nowNs - busyNs >= REST_NS) {
      queue.rest();
    }
  }

  private boolean isIdle() {
    return batches.isEmpty() && queue.entries() == 0;
  }

  private void send(long nowNs) {
    throttledNs = 0;
    blocked = false;
    if (outage.lasts()) {
      if (sending == 0 && outage.nanosUntilAttempt(nowNs) == 0) {
        Batch first = firstWaiting();
        if (first != null && isAllowed(first)) {
          outage.tried(first);
          send(first, nowNs);
        }
      }
      return;
    }
    for (Batch batch : batches) {
      if (batch.state == Batch.State.WAITING && !trySend(batch, nowNs)) {
        return;
      }
    }
    while (hasRoom()) {
      Batch next = batcher.poll(nowNs, draining);
      if (next == null) {
        return;
      }
      batches.addLast(next);
      if (!trySend(next, nowNs)) {
        return;
      }
    }
    blocked = true;
  }

  /** Sends the batch, or says false: a step follows then when that may have changed. */
  private boolean trySend(Batch batch, long nowNs) {
    blocked = !hasRoom() || (last != null && !last.isOut());
    if (blocked || !isAllowed(batch)) {
      return false;
    }
    send(batch, nowNs);
    return true;
  }

  /** Whether the rate limit lets the batch go now; it is said once when it does not. */
  private boolean isAllowed(Batch batch) {
    throttledNs = limiter.nanosUntil(batch.partRecords());
    if (throttledNs > 0 && !batch.throttled) {
      batch.throttled = true;
      observer.throttled(batch.partRecords());
    }
    return throttledNs == 0;
  }

  private boolean hasRoom() {
    return sending < window.size() && bytesInFlight < MAX_BYTES_IN_FLIGHT;
  }

  private Batch firstWaiting() {
    for (Batch batch : batches) {
      if (batch.state == Batch.State.WAITING) {
        return batch;
      }
    }
    return null;
  }

  private void send(Batch batch, long nowNs) {
    ExportRequest request = batch.request();
    batch.state = Batch.State.SENDING;
    batch.throttled = false;
    limiter.take(request.records());
    sending++;
    bytesInFlight += request.bytes();
    observer.sent(request.records());
    Sent sent = new Sent(batch, request, nowNs, answers, this::signal);
    last = sent;
    try {
      client.export(request, sent::written, sent::answered);
    } catch (RuntimeException | Error e) {
      // Without an answer the batch would stand at the head of the queue for ever.
      observer.broken(e);
      String reason = "the client failed: " + e;
      sent.answered(new ExportResult.Retry(reason, Duration.ZERO, ExportResult.Pace.BACKOFF));
    }
  }

  private void setTimer(long nowNs) {
    long delayNs;
    if (throttledNs > 0) {
      delayNs = throttledNs;
    } else if (blocked) {
      return; // By requests under way: the next one that is written or answered makes a step.
    } else if (outage.lasts()) {
      delayNs = sending > 0 ? Long.MAX_VALUE : outage.nanosUntilAttempt(nowNs);
    } else if (sending == 0 && batcher.isStalled()) {
      delayNs = AFTER_DEFECT_NS; // The disk refuses to read: nobody else would wake us.
    } else if (isIdle() && queue.holdsEmptyFile()) {
      delayNs = Math.max(0, busyNs + REST_NS - nowNs);
    } else {
      delayNs = batcher.nanosUntilDue(nowNs);
    }
    if (delayNs == Long.MAX_VALUE) {
      return;
    }
    long dueNs = nowNs + delayNs;
    if (timerSet && timerNs - nowNs > 0 && timerNs - dueNs <= 0) {
      return; // The timer that is set wakes us early enough; the step then sets the next.
    }
    timerSet = true;
    timerNs = dueNs;
    executor.schedule(this::signal, delayNs);
  }
}
