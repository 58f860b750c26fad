package cloud.gardener.logging.intake;

import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.TargetMetrics;

/**
 * Counts the records that flushes and imports bring to a target, until it is closed: a flush may still hold a target that was
 * just removed, and must not bring its series back.
 *
 * <p>Thread-safe. Its lock is held for a few additions.
 */
public final class TargetCount {
  private final TargetMetrics metrics;
  private boolean closed;

  public TargetCount(TargetMetrics metrics) {
    this.metrics = metrics;
  }

  /** Records were appended to the queue. */
  public synchronized void countQueued(int records) {
    if (!closed && records > 0) {
      metrics.incoming(records);
      metrics.output(records);
    }
  }

  /** Records that another plugin left on disk were appended to the queue. */
  public synchronized void countImported(int records) {
    if (!closed && records > 0) {
      metrics.recovered(records);
    }
  }

  /** Incoming records were dropped before the queue. */
  public synchronized void countDropped(DropReason reason, int records) {
    if (!closed && records > 0) {
      metrics.incoming(records);
      metrics.dropped(reason, records);
    }
  }

  /** The state of their shoot keeps incoming records from all targets. */
  public synchronized void countMuted(int records) {
    if (!closed && records > 0) {
      metrics.incoming(records);
      metrics.muted(records);
    }
  }

  /** Records were dropped from the queue. */
  public synchronized void countDroppedFromQueue(DropReason reason, long records) {
    if (!closed && records > 0) {
      metrics.dropped(reason, records);
    }
  }

  /** Ends the count; the series stay. */
  public synchronized void close() {
    closed = true;
    metrics.close();
  }

  /** Ends the count and removes the series. */
  public synchronized void remove() {
    closed = true;
    metrics.remove();
  }
}
