package cloud.gardener.logging.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens to the records of one target. Call each method once for a chunk or a batch, not for each record.
 *
 * <p>Every record is accounted for. A record enters by {@link #incoming} or, when it was on disk already, by
 * {@link #recovered}; it ends in {@link #exported} or {@link #dropped}, and until then it is in the queue. A chunk that
 * Fluent Bit is asked to bring again is not incoming: count it when it is accepted, once. {@link #balance} says whether
 * nothing is missing. A stop moves what the queue holds to {@code left}, and the next start recovers it, so the sums
 * also hold over a reload.
 *
 * <p>What is counted here is counted for the target's output, too ({@link OutputMetrics}), which outlives the target.
 * Targets with equal labels share their series (see {@link TargetSeries}); the balance is this target's own.
 *
 * <p>Thread-safe. After {@link #close} or {@link #remove} nothing may be counted.
 */
public final class TargetMetrics {
  private final TargetLabels labels;
  private final TargetSeries series;
  private final OutputMetrics output;
  private final PluginMetrics owner;

  private final CounterDataPoint incomingSeries;
  private final CounterDataPoint outputSeries;
  private final CounterDataPoint exportedSeries;
  private final CounterDataPoint recoveredSeries;
  private final CounterDataPoint leftSeries;
  private final CounterDataPoint enqueuedSeries;
  private final CounterDataPoint dequeuedSeries;
  private final CounterDataPoint queueDroppedSeries;
  private final CounterDataPoint sdkExportedSeries;
  private final CounterDataPoint throttledSeries;
  private final DistributionDataPoint exportDurationSeries;

  private final LongAdder incoming = new LongAdder();
  private final LongAdder recovered = new LongAdder();
  private final LongAdder exported = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder inFlight = new LongAdder();
  private volatile QueueGauges queue = QueueGauges.NONE;
  private volatile long left;
  private volatile LastError lastError;
  private volatile LastError stuck;

  TargetMetrics(
      TargetLabels labels, TargetSeries series, OutputMetrics output, PluginMetrics owner) {
    this.labels = labels;
    this.series = series;
    this.output = output;
    this.owner = owner;
    incomingSeries = series.incoming.labelValues(labels.source());
    outputSeries = series.output.labelValues(labels.endpoint());
    exportedSeries = series.exported.labelValues(labels.endpoint());
    recoveredSeries = series.recovered.labelValues(labels.endpoint());
    leftSeries = series.left.labelValues(labels.endpoint());
    enqueuedSeries = series.enqueued.labelValues(labels.endpoint());
    dequeuedSeries = series.dequeued.labelValues(labels.endpoint());
    queueDroppedSeries = series.queueDropped.labelValues(labels.endpoint());
    throttledSeries = series.throttled.labelValues(labels.endpoint());
    exportDurationSeries = series.exportDuration.labelValues(labels.endpoint());
    sdkExportedSeries = series.sdkExported.labelValues(labels.serverAddress());
  }

  /** Who the target is. */
  public TargetLabels labels() {
    return labels;
  }

  /** Names the queue, whose gauges are read from now on. */
  public void queue(QueueGauges gauges) {
    queue = gauges;
  }

  /** Records of an accepted chunk that are meant for this target. */
  public void incoming(long records) {
    incoming.add(records);
    incomingSeries.inc(records);
    output.incoming(records);
  }

  /** Those of them that were put into the queue. */
  public void output(long records) {
    outputSeries.inc(records);
    enqueuedSeries.inc(records);
    series.created.inc(records);
  }

  /** Records that the queue held when it was opened. */
  public void recovered(long records) {
    recovered.add(records);
    recoveredSeries.inc(records);
    output.recovered(records);
  }

  /** Records that the backend has accepted, and that the queue no longer holds. */
  public void exported(long records) {
    exported.add(records);
    exportedSeries.inc(records);
    output.exported(records);
    sdkExportedSeries.inc(records);
    dequeuedSeries.inc(records);
  }

  /** Records given up. */
  public void dropped(DropReason reason, long records) {
    dropped.add(records);
    series.dropped.labelValues(labels.endpoint(), reason.label()).inc(records);
    output.dropped(reason, records);
    queueDroppedSeries.inc(records);
    if (reason.afterQueue()) {
      dequeuedSeries.inc(records);
    }
    ErrorType error = ErrorType.of(reason);
    if (error != null && records > 0) {
      owner.error(error);
    }
  }

  /** Records that the rate limit holds back for now. */
  public void throttled(long records) {
    throttledSeries.inc(records);
  }

  /** A batch is on its way. */
  public void exportStarted(long records) {
    inFlight.add(records);
  }

  /** A batch that was on its way has its answer, or none; whatever it is. */
  public void exportEnded(long records, long durationNanos) {
    inFlight.add(-records);
    exportDurationSeries.observe((double) durationNanos / TimeUnit.SECONDS.toNanos(1));
  }

  /**
   * The answer was not a yes.
   *
   * @param reason one line, without secrets
   */
  public void exportFailed(ExportError error, String reason) {
    lastError = new LastError(Instant.now(), reason);
    series.exportErrors.labelValues(labels.endpoint(), error.label()).inc();
  }

  /**
   * Nothing is delivered from now on, and the records wait.
   *
   * @param why one line, without secrets
   */
  public void stuck(String why) {
    stuck = new LastError(Instant.now(), why);
  }

  /** The backend answers again. */
  public void flows() {
    stuck = null;
  }

  /** Where this target's records are. */
  public Balance balance() {
    return new Balance(
        incoming.sum(), recovered.sum(), exported.sum(), dropped.sum(), queue.records(), left);
  }

  /**
   * The target stops: its gauges end, what its queue holds counts as left, its counters stay for the target that
   * continues them. Call before the queue is closed. A second call does nothing.
   */
  public void close() {
    if (owner.forget(this)) {
      QueueGauges last = queue;
      long records = last.records();
      left = records;
      leftSeries.inc(records);
      output.left(records);
      queue = QueueGauges.NONE;
    }
  }

  /**
   * The target is gone for good: as {@link #close}, and its counters end too, but for those shared with open targets and
   * those of its output.
   */
  public void remove() {
    close();
    owner.removeSeries(labels);
  }

  public QueueGauges queue() {
    return queue;
  }

  /** The last failure of an export, or null. */
  public LastError lastError() {
    return lastError;
  }

  /** Since when and why nothing is delivered; null while it is. */
  public LastError stuckSince() {
    return stuck;
  }

  public long inFlight() {
    return inFlight.sum();
  }
}
