package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.TargetMetrics;

/** Counts the records of chunks as they come to a target that hands them on. Thread-safe. */
final class ChunkCounts {
  private final TargetMetrics metrics;

  ChunkCounts(TargetMetrics metrics) {
    this.metrics = metrics;
  }

  /** As {@link Target#taken}. */
  void taken(int records, int malformed, int oversized) {
    metrics.incoming((long) records + malformed + oversized);
    metrics.output(records);
    drop(DropReason.MALFORMED, malformed);
    drop(DropReason.RECORD_TOO_LARGE, oversized);
  }

  /** As {@link Target#setAside}. */
  void setAside(int records) {
    metrics.incoming(records);
    drop(DropReason.DEAD_LETTER, records);
  }

  private void drop(DropReason reason, int records) {
    if (records > 0) {
      metrics.dropped(reason, records);
    }
  }
}
