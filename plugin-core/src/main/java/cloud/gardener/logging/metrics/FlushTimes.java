package cloud.gardener.logging.metrics;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;

/** The time for which flushes occupied Fluent Bit's threads. Thread-safe. */
final class FlushTimes {
  private static final double[] SECONDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5};

  private final DistributionDataPoint durations;
  private final LongAccumulator longestNanos = new LongAccumulator(Math::max, 0);

  FlushTimes(Collectors collectors) {
    durations = collectors.histogram(MetricFamily.FLUSH_DURATION, SECONDS).labelValues();
    collectors.gauge(
        MetricFamily.FLUSH_LONGEST, gauge -> gauge.call(seconds(longestNanos.get())));
  }

  void ended(long durationNanos) {
    durations.observe(seconds(durationNanos));
    longestNanos.accumulate(durationNanos);
  }

  private static double seconds(long nanos) {
    return (double) nanos / TimeUnit.SECONDS.toNanos(1);
  }
}
