package cloud.gardener.logging.delivery;

import cloud.gardener.logging.config.BatchConfig;
import cloud.gardener.logging.config.value.RefusedPolicy;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.pace.Backoff;
import cloud.gardener.logging.pace.RateLimiter;
import cloud.gardener.logging.queue.DiskQueue;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Delivers one target's queue to its backend: read, export, remove.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>An entry is removed from the queue only when its outcome is final, and in the queue's order. A crash
 *       at any moment repeats at most the batches in flight.
 *   <li>A batch whose content the backend refuses is split in halves until the refused record stands alone.
 *       This record is given up only after a neighbour was accepted: see {@link Refusals}. A batch that the
 *       destination refuses regardless of its content stays whole, as after a failure.
 *   <li>Nothing is given up because of time. After a failure, one batch at a time is tried until one is
 *       accepted; then the number of requests in flight grows again, see {@link SendWindow}.
 *   <li>A request starts only when the previous one is written or its result is applied. On a connection that
 *       carries both, records are in the queue's order, except for those that are sent again.
 *   <li>A step never blocks, so a few threads serve all targets.
 *   <li>The target continues whatever a client, an observer or a step does wrong, even when a result never
 *       comes: a batch's state changes before any observer is notified, and an overdue request counts as
 *       failed.
 * </ul>
 *
 * <p>{@link #signal()}, {@link #drain} and {@link #stop()} are thread-safe. All else runs in steps, one at a
 * time.
 */
public final class TargetWorker {
  private static final long STOP_SECONDS = 5;
  private static final long RETRY_AFTER_DEFECT_NS = TimeUnit.SECONDS.toNanos(1);

  /** The client copies what it sends: this bounds the memory that a backend without responses can hold. */
  private static final int MAX_BYTES_IN_FLIGHT = 8 << 20;

  /**
   * How long a queue must be empty before it deletes its file: an active target gets a flush about each
   * second.
   */
  private static final long IDLE_NS = TimeUnit.SECONDS.toNanos(5);

  private final DiskQueue queue;
  private final ExportClient client;
  private final RateLimiter limiter;
  private final StepExecutor executor;
  private final ExportObserver observer;
  private final Batcher batcher;

  private final AtomicInteger signals = new AtomicInteger();
  private final AtomicBoolean overdueTimerSet = new AtomicBoolean();
  private final CountDownLatch drained = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean draining;
  private volatile boolean stopped;

  // Accessed only by the running step.
  private final BatchList batches;
  private final InFlightRequests inFlight;
  private final SendWindow window;
  private final Outage outage;
  private final Refusals refusals = new Refusals();
  private final Settlement settlement;
  private long lastSent;
  private boolean blocked;
  private long throttledNs;
  private long timerNs;
  private boolean timerSet;
  private long lastBusyNs;

  /**
   * @param timeout the client's timeout, at which it ends each request
   * @param refused what happens to content that the backend refuses permanently
   */
  public TargetWorker(
      DiskQueue queue,
      ExportClient client,
      Backoff backoff,
      RateLimiter limiter,
      BatchConfig config,
      Duration timeout,
      RefusedPolicy refused,
      StepExecutor executor,
      ExportObserver observer) {
    this.queue = queue;
    this.client = client;
    this.limiter = limiter;
    this.executor = executor;
    this.observer = new GuardedObserver(observer);
    this.batcher = new Batcher(queue, config, executor.nanoTime());
    this.batches = new BatchList(queue, batcher);
    this.inFlight = new InFlightRequests(timeout);
    this.window = new SendWindow(config.maxInFlight());
    this.outage = new Outage(backoff, this.observer);
    this.settlement =
        new Settlement(batches, window, outage, refusals, refused, this.observer);
  }

  /** Schedules a step because there may be work: an append, a result, a timer. */
  public void signal() {
    if (signals.getAndIncrement() == 0) {
      scheduleStep();
    }
  }

  /** A step that cannot be scheduled, for want of memory, must not prevent later signals from scheduling one. */
  private void scheduleStep() {
    try {
      executor.execute(this::runStep);
    } catch (RuntimeException | Error e) {
      signals.set(0);
      retryAfterDefect(e);
    }
  }

  private void retryAfterDefect(Throwable defect) {
    observer.onDefect(defect);
    try {
      executor.schedule(this::signal, RETRY_AFTER_DEFECT_NS);
    } catch (RuntimeException | Error e) {
      observer.onDefect(e); // The next append, result or timer signals.
    }
  }

  /**
   * Sends what the backend accepts without waiting for batches to fill. Returns when the queue is empty, the
   * backend fails, or the time is over. Call {@link #stop()} afterwards.
   */
  public void drain(long timeoutNs) throws InterruptedException {
    draining = true;
    signal();
    drained.await(timeoutNs, TimeUnit.NANOSECONDS);
  }

  /**
   * Ends all work and returns when the last step has ended. Later results are ignored, and their entries stay
   * in the queue.
   *
   * @return false when a step was still running after {@link #STOP_SECONDS}
   */
  public boolean stop() throws InterruptedException {
    stopped = true;
    signal();
    return ended.await(STOP_SECONDS, TimeUnit.SECONDS);
  }

  private void runStep() {
    int handled = signals.get();
    try {
      if (stopped) {
        ended.countDown();
      } else {
        step();
      }
    } catch (RuntimeException | Error e) {
      // A defect of the plugin or a lack of memory: the target must not stall forever.
      retryAfterDefect(e);
    } finally {
      // Signals that came during the step get their own step, queued behind those of the other targets.
      if (signals.addAndGet(-handled) != 0) {
        scheduleStep();
      }
    }
  }

  private void step() {
    long nowNs = executor.nanoTime();
    inFlight.failOverdue(nowNs);
    for (SentRequest sent = inFlight.pollAnswered(); sent != null; sent = inFlight.pollAnswered()) {
      settlement.settle(sent, lastSent, nowNs);
    }
    batches.removeDone();
    send(nowNs);
    deleteIdleFile(nowNs);
    if (draining && (outage.isOngoing() || isIdle())) {
      drained.countDown();
    }
    setTimer(nowNs);
    setOverdueTimer(nowNs);
  }

  private void deleteIdleFile(long nowNs) {
    if (!isIdle()) {
      lastBusyNs = nowNs;
    } else if (nowNs - lastBusyNs >= IDLE_NS) {
      queue.deleteEmptyFile();
    }
  }

  private boolean isIdle() {
    return batches.isEmpty() && queue.entries() == 0;
  }

  private void send(long nowNs) {
    throttledNs = 0;
    blocked = false;
    if (outage.isOngoing()) {
      probe(nowNs);
      return;
    }
    if (refusals.needsNeighbour()) {
      blocked = !hasRoom();
      Batch neighbour = blocked ? null : batches.findNeighbour(refusals, nowNs);
      if (blocked || (neighbour != null && !trySend(neighbour, nowNs))) {
        return;
      }
    }
    for (Batch batch : batches) {
      if (batch.state == Batch.State.WAITING && !trySend(batch, nowNs)) {
        return;
      }
    }
    while (hasRoom()) {
      Batch next = batches.read(nowNs, draining || refusals.isUndecided());
      if (next == null) {
        sendNeighbourOfHeld(nowNs);
        return;
      }
      if (!trySend(next, nowNs)) {
        return;
      }
    }
    blocked = true;
  }

  /** When only held records are left, they wait for a neighbour or for the backend. */
  private void sendNeighbourOfHeld(long nowNs) {
    if (!inFlight.isEmpty() || batches.firstIn(Batch.State.HELD) == null) {
      return;
    }
    Batch neighbour = batches.findNeighbour(refusals, nowNs);
    if (neighbour == null) {
      outage.onRefusals(null, refusals.lastRefusal(), nowNs);
    } else {
      trySend(neighbour, nowNs);
    }
  }

  /** Sends one request at a time, after the pause. A neighbour of a refused record need not wait for the pause. */
  private void probe(long nowNs) {
    if (!inFlight.isEmpty()) {
      return;
    }
    boolean due = outage.nanosUntilAttempt(nowNs) == 0;
    Batch next = null;
    if (outage.isCausedByRefusals() && (due || !refusals.isDestinationRefusing())) {
      next = batches.findNeighbour(refusals, nowNs);
    }
    if (next == null && due) {
      next = batches.nextProbe();
    }
    if (next != null && isWithinRateLimit(next)) {
      outage.setProbe(send(next, nowNs));
    }
  }

  /** Sends the batch, or returns false; a step then follows when sending may be possible. */
  private boolean trySend(Batch batch, long nowNs) {
    blocked = !hasRoom() || !inFlight.isLastWritten();
    if (blocked || !isWithinRateLimit(batch)) {
      return false;
    }
    send(batch, nowNs);
    return true;
  }

  /** Whether the rate limit allows the batch now. A delay is reported once per batch part. */
  private boolean isWithinRateLimit(Batch batch) {
    throttledNs = limiter.nanosUntil(batch.partRecords());
    if (throttledNs > 0 && !batch.throttled) {
      batch.throttled = true;
      observer.onThrottled(batch.partRecords());
    }
    return throttledNs == 0;
  }

  private boolean hasRoom() {
    return inFlight.size() < window.size() && inFlight.bytes() < MAX_BYTES_IN_FLIGHT;
  }

  private SentRequest send(Batch batch, long nowNs) {
    ExportRequest request = batch.request();
    SentRequest sent = new SentRequest(batch, request, lastSent + 1, nowNs, this::signal);
    inFlight.add(sent);
    lastSent++;
    batch.state = Batch.State.SENDING;
    batch.throttled = false;
    limiter.acquire(request.records());
    observer.onSend(request.records());
    try {
      client.export(request, sent::onWritten, sent::complete);
    } catch (RuntimeException | Error e) {
      // Without a result the batch would block the head of the queue until it is overdue.
      observer.onDefect(e);
      sent.complete(ExportResult.Retry.withBackoff("the client failed: " + e));
    }
    return sent;
  }

  private void setTimer(long nowNs) {
    long delayNs;
    if (throttledNs > 0) {
      delayNs = throttledNs;
    } else if (blocked) {
      return; // The next request that is written or answered schedules a step.
    } else if (outage.isOngoing() && !isIdle()) {
      long untilNs = outage.nanosUntilAttempt(nowNs);
      // A due attempt that was not made waits for the disk, which schedules no step.
      delayNs = !inFlight.isEmpty() ? Long.MAX_VALUE : untilNs > 0 ? untilNs : RETRY_AFTER_DEFECT_NS;
    } else if (inFlight.isEmpty() && batcher.isStalled()) {
      delayNs = RETRY_AFTER_DEFECT_NS; // The disk refuses to read, and nothing else would schedule a step.
    } else if (isIdle() && queue.hasEmptyFile()) {
      delayNs = Math.max(0, lastBusyNs + IDLE_NS - nowNs);
    } else {
      delayNs = batcher.nanosUntilDue(nowNs);
    }
    if (delayNs == Long.MAX_VALUE) {
      return;
    }
    long dueNs = nowNs + delayNs;
    if (timerSet && timerNs - nowNs > 0 && timerNs - dueNs <= 0) {
      return; // The pending timer fires early enough; its step sets the next one.
    }
    executor.schedule(this::signal, delayNs);
    timerSet = true;
    timerNs = dueNs;
  }

  /** Sets a single timer for all requests in flight: one per request would leave a timer behind with each. */
  private void setOverdueTimer(long nowNs) {
    if (inFlight.isEmpty() || !overdueTimerSet.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.schedule(this::onOverdueTimer, inFlight.nanosUntilOverdue(nowNs));
    } catch (RuntimeException | Error e) {
      overdueTimerSet.set(false);
      throw e;
    }
  }

  private void onOverdueTimer() {
    overdueTimerSet.set(false);
    signal();
  }
}
