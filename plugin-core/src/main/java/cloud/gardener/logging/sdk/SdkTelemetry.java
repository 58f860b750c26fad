package cloud.gardener.logging.sdk;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The SDK's own metrics, for /metrics: {@code otel.sdk.processor.log.queue.size} becomes {@code
 * otel_sdk_processor_log_queue_size}, and {@code otel.component.name} the label {@code otel_component_name}. Read at
 * each scrape. The series of an ended batch stay, up to the SDK's limit of 2,000 per metric.
 *
 * <p>One instance serves all {@link SdkBatch}es of the process. Thread-safe.
 */
public final class SdkTelemetry implements MultiCollector, AutoCloseable {
  private final Reader reader = new Reader();
  private final SdkMeterProvider meters =
      SdkMeterProvider.builder().registerMetricReader(reader).build();

  /** Receives the SDK's metrics. */
  public MeterProvider meters() {
    return meters;
  }

  @Override
  public MetricSnapshots collect() {
    // The gRPC and HTTP exporters each report the same metrics.
    Map<String, List<MetricData>> byName = new TreeMap<>();
    for (MetricData metric : reader.registration.collectAllMetrics()) {
      byName.computeIfAbsent(metric.getName(), name -> new ArrayList<>()).add(metric);
    }
    List<MetricSnapshot> snapshots = new ArrayList<>();
    for (List<MetricData> metrics : byName.values()) {
      MetricData first = metrics.get(0);
      switch (first.getType()) {
        case LONG_SUM ->
            snapshots.add(
                first.getLongSumData().isMonotonic() ? counter(metrics) : gauge(metrics));
        case HISTOGRAM -> snapshots.add(histogram(metrics));
        default -> {
          // The SDK uses no other types.
        }
      }
    }
    return new MetricSnapshots(snapshots);
  }

  @Override
  public void close() {
    meters.close();
  }

  private static MetricSnapshot counter(List<MetricData> metrics) {
    List<CounterDataPointSnapshot> points = new ArrayList<>();
    for (MetricData metric : metrics) {
      for (LongPointData point : metric.getLongSumData().getPoints()) {
        points.add(
            CounterDataPointSnapshot.builder()
                .value(point.getValue())
                .labels(labels(point.getAttributes()))
                .build());
      }
    }
    return new CounterSnapshot(metadata(metrics.get(0), ""), points);
  }

  private static MetricSnapshot gauge(List<MetricData> metrics) {
    List<GaugeDataPointSnapshot> points = new ArrayList<>();
    for (MetricData metric : metrics) {
      for (LongPointData point : metric.getLongSumData().getPoints()) {
        points.add(
            GaugeDataPointSnapshot.builder()
                .value(point.getValue())
                .labels(labels(point.getAttributes()))
                .build());
      }
    }
    return new GaugeSnapshot(metadata(metrics.get(0), ""), points);
  }

  private static MetricSnapshot histogram(List<MetricData> metrics) {
    List<HistogramDataPointSnapshot> points = new ArrayList<>();
    for (MetricData metric : metrics) {
      for (HistogramPointData point : metric.getHistogramData().getPoints()) {
        List<Double> upperBounds = new ArrayList<>(point.getBoundaries());
        upperBounds.add(Double.POSITIVE_INFINITY);
        points.add(
            HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(
                    ClassicHistogramBuckets.of(upperBounds, point.getCounts()))
                .sum(point.getSum())
                .labels(labels(point.getAttributes()))
                .build());
      }
    }
    return new HistogramSnapshot(metadata(metrics.get(0), "_seconds"), points);
  }

  /** The SDK's histograms are in seconds. */
  private static MetricMetadata metadata(MetricData metric, String unit) {
    return new MetricMetadata(
        metric.getName().replace('.', '_') + unit, metric.getDescription());
  }

  private static Labels labels(Attributes attributes) {
    Labels.Builder labels = Labels.builder();
    attributes.forEach(
        (key, value) -> labels.label(key.getKey().replace('.', '_'), String.valueOf(value)));
    return labels.build();
  }

  /** Collects on request only. */
  private static final class Reader implements MetricReader {
    private volatile CollectionRegistration registration = CollectionRegistration.noop();

    @Override
    public void register(CollectionRegistration other) {
      registration = other;
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
      return AggregationTemporality.CUMULATIVE;
    }

    @Override
    public CompletableResultCode forceFlush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
