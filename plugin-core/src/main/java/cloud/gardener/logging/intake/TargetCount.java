package cloud.gardener.logging.intake;

import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.TargetMetrics;

/**
 * Counts what flushes bring to a target, until that is closed: a flush may still hold a target that has
 * just gone, and must not bring its series back.
 *
 * <p>Thread-safe. Its lock is held for a few additions.
 */
public final class TargetCount {
  private final TargetMetrics metrics;
  private boolean closed;

  public TargetCount(TargetMetrics metrics) {
    this.metrics = metrics;
  }

  /** Records that are in the queue now. */
  public synchronized void queued(int records) {
    if (!closed && records > 0) {
      metrics.incoming(records);
      metrics.output(records);
    }
  }

  /** Records that came in and were given up before the queue. */
  public synchronized void dropped(DropReason reason, int records) {
    if (!closed && records > 0) {
      metrics.incoming(records);
      metrics.dropped(reason, records);
    }
  }

  /** Records that were in the queue and were given up there. */
  public synchronized void givenUp(DropReason reason, long records) {
    if (!closed && records > 0) {
      metrics.dropped(reason, records);
    }
  }

  /** Ends the count; the series stay. */
  public synchronized void close() {
    closed = true;
    metrics.close();
  }

  /** Ends the count, and the series with it. */
  public synchronized void remove() {
    closed = true;
    metrics.remove();
  }
}
