package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.TargetMetrics;
import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.QueueEntry;
import java.time.Duration;
import java.util.List;

/** The target of type noop: counts records and throws them away. Thread-safe. */
final class NoopTarget implements Target {
  private final String name;
  private final TargetMetrics metrics;

  NoopTarget(String name, TargetMetrics metrics) {
    this.name = name;
    this.metrics = metrics;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean wantsEntries() {
    return false;
  }

  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public AppendResult append(List<QueueEntry> entries) {
    return AppendResult.APPENDED;
  }

  @Override
  public void taken(int records, int malformed, int oversized) {
    metrics.incoming((long) records + malformed);
    if (records > 0) {
      metrics.dropped(DropReason.NOOP, records);
    }
    if (malformed > 0) {
      metrics.dropped(DropReason.MALFORMED, malformed);
    }
  }

  @Override
  public void setAside(int records) {
    metrics.incoming(records);
    if (records > 0) {
      metrics.dropped(DropReason.DEAD_LETTER, records);
    }
  }

  @Override
  public String problem() {
    return null;
  }

  @Override
  public void drain(Duration grace) {
    // Nothing waits.
  }

  @Override
  public void close() {
    metrics.close();
  }
}
