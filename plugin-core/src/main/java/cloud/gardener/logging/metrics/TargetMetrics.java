package cloud.gardener.logging.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the records of one target. Call each method once per chunk or batch, not per record.
 *
 * <p>Every record is accounted for. A record enters with {@link #incoming} or, when it was on disk already, with
 * {@link #recovered}. It ends in {@link #exported}, {@link #dropped} or
 * {@link #muted}; until then it is in the queue. A chunk that
 * Fluent Bit must flush again is not incoming: count it once, when it is accepted. {@link #balance} shows whether
 * records are missing. A stop counts the queue's content as {@code left}, and the next start recovers it, so the
 * sums also hold across a reload.
 *
 * <p>All counts also go to the target's output ({@link OutputMetrics}), which outlives the target. Targets with
 * equal labels share their series (see {@link TargetSeries}); the balance is this target's own.
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
  private final LongAdder muted = new LongAdder();
  private final LongAdder inFlight = new LongAdder();
  private volatile QueueGauges queue = QueueGauges.NONE;
  private final TrafficHistory traffic = new TrafficHistory();
  private volatile long left;
  private volatile LastError lastError;
  private volatile LastError stopped;

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
    exportDurationSeries = series.exportDuration.labelValues(labels.output());
    sdkExportedSeries = series.sdkExported.labelValues(labels.serverAddress());
  }

  public TargetLabels labels() {
    return labels;
  }

  /** Sets the queue, whose gauges are read from now on. */
  public void queue(QueueGauges gauges) {
    queue = gauges;
  }

  /** Counts the records of an accepted chunk for this target. */
  public void incoming(long records) {
    incoming.add(records);
    incomingSeries.inc(records);
    output.incoming(records);
  }

  /** Counts those of them that were appended to the queue. */
  public void output(long records) {
    outputSeries.inc(records);
    enqueuedSeries.inc(records);
    series.created.inc(records);
  }

  /** Counts the records that the queue held when it was opened. */
  public void recovered(long records) {
    recovered.add(records);
    recoveredSeries.inc(records);
    output.recovered(records);
  }

  /** Counts the records that the backend accepted and that left the queue. */
  public void exported(long records) {
    exported.add(records);
    exportedSeries.inc(records);
    output.exported(records);
    sdkExportedSeries.inc(records);
    dequeuedSeries.inc(records);
  }

  public void dropped(DropReason reason, long records) {
    dropped.add(records);
    series.dropped.labelValues(labels.source(), reason.label()).inc(records);
    output.dropped(reason, records);
    queueDroppedSeries.inc(records);
    if (reason.wasQueued()) {
      dequeuedSeries.inc(records);
    }
    ErrorType error = ErrorType.of(reason);
    if (error != null && records > 0) {
      owner.error(error);
    }
  }

  /** Counts the incoming records that the state of their shoot keeps from all targets. */
  public void muted(long records) {
    muted.add(records);
    series.muted.labelValues(labels.source()).inc(records);
    output.muted(records);
  }

  /** Counts the records that the rate limit delays. */
  public void throttled(long records) {
    throttledSeries.inc(records);
  }

  /** A batch is being sent. */
  public void exportStarted(long records) {
    inFlight.add(records);
  }

  /** A batch that was being sent ended, with any result. */
  public void exportEnded(long records, long durationNanos) {
    inFlight.add(-records);
    exportDurationSeries.observe((double) durationNanos / TimeUnit.SECONDS.toNanos(1));
  }

  /**
   * An export failed.
   *
   * @param reason one line, without secrets
   */
  public void exportFailed(ExportError error, String reason) {
    lastError = new LastError(Instant.now(), reason);
    series.exportErrors.labelValues(labels.endpoint(), error.label()).inc();
  }

  /**
   * Deliveries stop, and the records wait.
   *
   * @param why one line, without secrets
   */
  public void deliveryStopped(String reason) {
    stopped = new LastError(Instant.now(), reason);
  }

  /** The backend responds again. */
  public void deliveryResumed() {
    stopped = null;
  }

  public Balance balance() {
    return new Balance(
        incoming.sum(), recovered.sum(), exported.sum(), dropped.sum(), muted.sum(), queue.records(), left);
  }

  /**
   * Stops the target: its gauges end, its queue's content counts as left, and its counters stay for the target that
   * continues them. Call it before the queue is closed. Idempotent.
   */
  public void close() {
    if (owner.closeTarget(this)) {
      QueueGauges last = queue;
      long records = last.records();
      left = records;
      leftSeries.inc(records);
      output.left(records);
      queue = QueueGauges.NONE;
    }
  }

  /**
   * Removes the target: like {@link #close}, but also removes its counters, except for those that it shares with
   * open targets and those of its output.
   */
  public void remove() {
    close();
    owner.removeSeries(labels);
  }

  public QueueGauges queue() {
    return queue;
  }

  /** The last failure of an export; null for none. */
  public LastError lastError() {
    return lastError;
  }

  /** Since when and why nothing is delivered; null while the backend responds. */
  public LastError stoppedSince() {
    return stopped;
  }

  public long inFlight() {
    return inFlight.sum();
  }

  /** The traffic of the last minutes. */
  public TrafficHistory traffic() {
    return traffic;
  }

  /** Ends a period of the traffic. */
  void sampleTraffic() {
    traffic.sample(incoming.sum(), exported.sum());
  }
}
