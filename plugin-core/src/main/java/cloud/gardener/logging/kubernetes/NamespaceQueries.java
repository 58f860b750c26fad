package cloud.gardener.logging.kubernetes;

import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.metrics.QueryResult;
import cloud.gardener.logging.pace.Backoff;
import cloud.gardener.logging.pace.RateLimiter;
import cloud.gardener.logging.route.Coverage;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * Queries the API server for namespaces that records name and that may belong to shoots the watch has not reported yet.
 * Queries run one after the other, and only once for each namespace while the result is sure.
 *
 * <ul>
 *   <li>Bounded, because a record may name anything: {@link #MAX_QUEUED} namespaces wait; a later chunk repeats the
 *       others. After {@link #BURST} queries the rate is one a second.
 *   <li>No query is sent before the shoots are listed: the list answers most of them.
 *   <li>A result counts at once if a shoot is found. That there is none counts while a watch is open ({@link ShootTable}),
 *       and until a later query finds a shoot or fails.
 *   <li>After a failure there is a pause: the one that the API server requests, or a short one.
 * </ul>
 *
 * <p>{@link #request} is thread-safe; everything else runs on the event loop.
 */
final class NamespaceQueries {
  static final int MAX_QUEUED = 64;
  static final int BURST = 32;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final List<Reflector> reflectors;
  private final EventLoop eventLoop;
  private final ShootTable table;
  private final PluginMetrics metrics;
  private final Backoff backoff;
  private final RateLimiter limiter;

  /** In the order in which they came: of many that are due again and again, each has its turn. */
  private final Set<String> queued = Collections.synchronizedSet(new LinkedHashSet<>());

  private ApiResponse inFlight;
  private EventLoop.Timer timer;
  private boolean stopped;

  /**
   * Starts without a query.
   *
   * @param reflectors the reflectors of all objects that make a shoot
   */
  NamespaceQueries(
      List<Reflector> reflectors,
      EventLoop eventLoop,
      ShootTable table,
      PluginMetrics metrics,
      DoubleSupplier random) {
    this.reflectors = reflectors;
    this.eventLoop = eventLoop;
    this.table = table;
    this.metrics = metrics;
    this.backoff = new Backoff(Reflector.RETRY_PAUSES, eventLoop::nanoTime, random);
    this.limiter = new RateLimiter(1, BURST, eventLoop::nanoTime);
  }

  /** Queues a query for a namespace, unless one is queued or the queue is full; never waits for an answer. */
  void request(String namespace) {
    if (queued.size() < MAX_QUEUED && queued.add(namespace)) {
      eventLoop.execute(this::startNext);
    }
  }

  void stop() {
    stopped = true;
    if (inFlight != null) {
      inFlight.cancel();
    }
    if (timer != null) {
      timer.cancel();
    }
  }

  private void startNext() {
    queued.removeIf(table::isSettled);
    if (stopped || inFlight != null || timer != null || queued.isEmpty()) {
      return;
    }
    if (table.coverage() == Coverage.NOTHING || !takePermit()) {
      schedule(PAUSE.toNanos());
    } else {
      new Lookup(first()).queryNext();
    }
  }

  /** Only the event loop removes names. */
  private String first() {
    synchronized (queued) {
      return queued.iterator().next();
    }
  }

  private void schedule(long pauseNs) {
    timer =
        eventLoop.schedule(
            () -> {
              timer = null;
              startNext();
            },
            Duration.ofNanos(pauseNs));
  }

  private boolean takePermit() {
    if (limiter.nanosUntil(1) > 0) {
      return false;
    }
    limiter.acquire(1);
    return true;
  }

  /** The queries for one namespace: one kind of object after the other. */
  private final class Lookup implements NamespaceQuery.Listener {
    private final String namespace;
    private final Iterator<Reflector> remaining = reflectors.iterator();
    private boolean isRejected;

    Lookup(String namespace) {
      this.namespace = namespace;
    }

    void queryNext() {
      inFlight = remaining.next().query(namespace, this);
    }

    @Override
    public void completed() {
      if (remaining.hasNext()) {
        queryNext();
      } else {
        conclude();
      }
    }

    @Override
    public void rejected() {
      isRejected = true;
      completed();
    }

    @Override
    public void failed(Duration retryAfter) {
      fail();
      schedule(backoff.requestedDelayNanos(retryAfter));
    }

    private void conclude() {
      backoff.reset();
      if (table.hasShoot(namespace)) {
        finish(QueryResult.FOUND);
      } else if (!isRejected || table.coverage() == Coverage.CURRENT) {
        finish(QueryResult.ABSENT);
        table.addAbsent(namespace);
        table.publish();
      } else {
        fail();
        schedule(backoff.nextDelayNanos());
      }
      startNext();
    }

    private void fail() {
      finish(QueryResult.FAILED);
      table.forgetAbsent(namespace);
      table.publish();
    }

    private void finish(QueryResult result) {
      inFlight = null;
      queued.remove(namespace);
      metrics.namespaceQueried(result);
    }
  }
}
