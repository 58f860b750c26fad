package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.intake.Target;
import cloud.gardener.logging.intake.TargetCount;
import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.TargetMetrics;
import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.QueueEntry;
import java.util.List;

/** The target of type noop: counts and discards records. Thread-safe. */
final class NoopTarget implements Target {
  private final String name;
  private final TargetCount count;

  NoopTarget(String name, TargetMetrics metrics) {
    this.name = name;
    this.count = new TargetCount(metrics);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean needsEntries() {
    return false;
  }

  @Override
  public AppendResult append(List<QueueEntry> entries, int records) {
    count.countDropped(DropReason.NOOP, records);
    return AppendResult.APPENDED;
  }

  @Override
  public void countDropped(DropReason reason, int records) {
    count.countDropped(reason, records);
  }

  @Override
  public void countMuted(int records) {
    count.countMuted(records);
  }

  @Override
  public void close() {
    count.close();
  }

  @Override
  public void remove() {
    count.remove();
  }
}
