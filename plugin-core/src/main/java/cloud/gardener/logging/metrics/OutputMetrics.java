package cloud.gardener.logging.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the records of all targets of one output, including removed ones: what a target counted must not vanish
 * with it. The balance equation of a target holds here as well. Outputs with equal names share their series.
 *
 * <p>Thread-safe.
 */
public final class OutputMetrics {
  private final String name;
  private final Counter dropped;
  private final CounterDataPoint incoming;
  private final CounterDataPoint recovered;
  private final CounterDataPoint exported;
  private final CounterDataPoint muted;
  private final CounterDataPoint left;
  private final CounterDataPoint truncated;
  private final AtomicLongArray dropsByReason = new AtomicLongArray(DropReason.values().length);

  OutputMetrics(String name, Series series) {
    this.name = name;
    dropped = series.dropped;
    incoming = series.incoming.labelValues(name);
    recovered = series.recovered.labelValues(name);
    exported = series.exported.labelValues(name);
    muted = series.muted.labelValues(name);
    left = series.left.labelValues(name);
    truncated = series.truncated.labelValues(name);
  }

  /** The counters of all outputs. */
  static final class Series {
    private final Counter incoming;
    private final Counter recovered;
    private final Counter exported;
    private final Counter dropped;
    private final Counter muted;
    private final Counter left;
    private final Counter truncated;

    Series(Collectors collectors) {
      incoming = collectors.counter(MetricFamily.ALL_INCOMING);
      recovered = collectors.counter(MetricFamily.ALL_RECOVERED);
      exported = collectors.counter(MetricFamily.ALL_EXPORTED);
      dropped = collectors.counter(MetricFamily.ALL_DROPPED);
      muted = collectors.counter(MetricFamily.ALL_MUTED);
      left = collectors.counter(MetricFamily.ALL_LEFT);
      truncated = collectors.counter(MetricFamily.TRUNCATED);
    }
  }

  /** Counts records that were truncated because they were too large for a request; they are not dropped. */
  public void truncated(long records) {
    truncated.inc(records);
  }

  void incoming(long records) {
    incoming.inc(records);
  }

  void recovered(long records) {
    recovered.inc(records);
  }

  void exported(long records) {
    exported.inc(records);
  }

  void dropped(DropReason reason, long records) {
    dropped.labelValues(name, reason.label()).inc(records);
    dropsByReason.addAndGet(reason.ordinal(), records);
  }

  void muted(long records) {
    muted.inc(records);
  }

  /** Adds the number of dropped records by the label of the reason, except for 0. */
  void addDropsTo(Map<String, Long> drops) {
    for (DropReason reason : DropReason.values()) {
      long records = dropsByReason.get(reason.ordinal());
      if (records > 0) {
        drops.merge(reason.label(), records, Long::sum);
      }
    }
  }

  void left(long records) {
    left.inc(records);
  }
}
