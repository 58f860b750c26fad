package cloud.gardener.logging.kubernetes;

import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.metrics.QueryResult;
import cloud.gardener.logging.pace.Backoff;
import cloud.gardener.logging.route.Coverage;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Queries the API server for namespaces that records name and that may belong to shoots the watch has not reported yet.
 * Queries run one after the other, and only once for each namespace while the result is remembered.
 *
 * <ul>
 *   <li>Bounded, because a record may name anything: {@link #MOST_WAITING} namespaces wait; a later chunk repeats the
 *       others. After {@link #BURST} queries the rate is one a second.
 *   <li>No query is sent before the shoots are listed: the list answers most of them.
 *   <li>After a failure there is a pause: the one that the API server requests, or a short one.
 * </ul>
 *
 * <p>{@link #ask} is thread-safe; everything else runs on the event loop.
 */
final class NamespaceQueries {
  static final int MOST_WAITING = 64;
  static final int BURST = 32;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final List<Reflector> reflectors;
  private final EventLoop eventLoop;
  private final ShootTable table;
  private final PluginMetrics metrics;
  private final Backoff backoff;
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();

  private ApiResponse underWay;
  private EventLoop.Timer timer;
  private boolean stopped;
  private int left = BURST;
  private long refilledNs;

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
    this.backoff = new Backoff(Reflector.PAUSES, eventLoop::nanoTime, random);
    this.refilledNs = eventLoop.nanoTime();
  }

  /** Queues a query for a namespace, unless one is queued or the queue is full; never blocks. */
  void ask(String namespace) {
    if (waiting.size() < MOST_WAITING && waiting.add(namespace)) {
      eventLoop.execute(this::next);
    }
  }

  void stop() {
    stopped = true;
    if (underWay != null) {
      underWay.cancel();
    }
    if (timer != null) {
      timer.cancel();
    }
  }

  private void next() {
    waiting.removeIf(table::knows);
    Iterator<String> first = waiting.iterator();
    if (stopped || underWay != null || timer != null || !first.hasNext()) {
      return;
    }
    if (table.coverage() == Coverage.NOTHING || !take()) {
      later(PAUSE.toNanos());
    } else {
      new Asking(first.next()).next();
    }
  }

  private void later(long pauseNs) {
    timer =
        eventLoop.schedule(
            () -> {
              timer = null;
              next();
            },
            Duration.ofNanos(pauseNs));
  }

  private boolean take() {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(eventLoop.nanoTime() - refilledNs);
    refilledNs += TimeUnit.SECONDS.toNanos(seconds);
    left = (int) Math.min(BURST, left + seconds);
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }

  /** The queries for one namespace: one kind of object after the other. */
  private final class Asking implements NamespaceQuery.Asker {
    private final String namespace;
    private final Iterator<Reflector> rest = reflectors.iterator();
    private boolean refused;

    Asking(String namespace) {
      this.namespace = namespace;
    }

    void next() {
      underWay = rest.next().ask(namespace, this);
    }

    @Override
    public void answered() {
      if (rest.hasNext()) {
        next();
      } else {
        decide();
      }
    }

    @Override
    public void refused() {
      refused = true;
      answered();
    }

    @Override
    public void failed(Duration retryAfter) {
      over(QueryResult.FAILED);
      later(backoff.askedDelayNanos(retryAfter));
    }

    private void decide() {
      backoff.reset();
      if (table.knows(namespace)) {
        over(QueryResult.FOUND);
      } else if (!refused || table.coverage() == Coverage.CURRENT) {
        over(QueryResult.ABSENT);
        table.absent(namespace);
        table.publish();
      } else {
        over(QueryResult.FAILED);
        later(backoff.nextDelayNanos());
      }
      NamespaceQueries.this.next();
    }

    private void over(QueryResult result) {
      underWay = null;
      waiting.remove(namespace);
      metrics.asked(result);
    }
  }
}
