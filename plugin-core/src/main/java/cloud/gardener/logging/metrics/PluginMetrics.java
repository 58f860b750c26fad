package cloud.gardener.logging.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All metrics of the process: one instance serves every output, and lives as long as the process. Thread-safe.
 *
 * <p>Names and labels are those that dashboards and ServiceMonitors of the Go plugin know; {@link MetricFamily} lists
 * them.
 */
public final class PluginMetrics implements AutoCloseable {
  private final FamilyRegistry registry = new FamilyRegistry();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final Set<TargetMetrics> open = ConcurrentHashMap.newKeySet();
  private final Map<String, OutputMetrics> outputs = new ConcurrentHashMap<>();
  private final OutputMetrics.Series outputSeries;
  private final TargetSeries targets;
  private final RpcSeries rpcs;
  private final Counter errors;
  private final FlushTimes flushes;
  private final CounterDataPoint withoutMetadata;
  private final Counter questions;
  private final CounterDataPoint held;
  private final String version;

  /**
   * @param version the plugin's
   */
  public PluginMetrics(String version) {
    this(version, Path.of("/proc/self"));
  }

  PluginMetrics(String version, Path proc) {
    this.version = version;
    Collectors collectors = new Collectors(registry);
    targets = new TargetSeries(collectors);
    outputSeries = new OutputMetrics.Series(collectors);
    rpcs = new RpcSeries(collectors);
    errors = collectors.counter(MetricFamily.ERRORS);
    flushes = new FlushTimes(collectors);
    withoutMetadata = collectors.counter(MetricFamily.WITHOUT_METADATA).labelValues("Kubernetes");
    questions = collectors.counter(MetricFamily.QUESTIONS);
    held = collectors.counter(MetricFamily.HELD).labelValues();
    new TargetGauges(open).register(collectors);
    new ProcessMetrics(proc).register(collectors);
    collectors.info(MetricFamily.TARGET_INFO, "fluent-bit-output-plugin", version);
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    gc.bindTo(meters);
  }

  /** Begins to count for a target; its counters exist from now on. */
  public TargetMetrics open(TargetLabels labels) {
    synchronized (open) {
      TargetMetrics target =
          new TargetMetrics(labels, targets, output(labels.output()), this);
      open.add(target);
      rpcs.opened(labels.serverAddress());
      return target;
    }
  }

  /** Counts for all targets of an output; its series stay for the life of the process. */
  public OutputMetrics output(String name) {
    return outputs.computeIfAbsent(name, key -> new OutputMetrics(key, outputSeries));
  }

  /**
   * A request of a target has ended.
   *
   * @param endpoint {@code host:port} or a URL
   * @param status the name of the gRPC status, such as UNAVAILABLE, or the HTTP status
   * @param requestBytes before compression
   * @param responseBytes 0 when there was none
   */
  public void requestEnded(
      String endpoint, String status, long durationNanos, long requestBytes, long responseBytes) {
    String address = TargetLabels.serverAddress(endpoint);
    rpcs.ended(address, status, durationNanos, requestBytes, responseBytes);
  }

  /** A flush is over, whatever it answered, after {@code durationNanos}. */
  public void flushed(long durationNanos) {
    flushes.ended(durationNanos);
  }

  /** Scrapes these metrics, too, whose names and labels are their own. */
  public void add(MultiCollector others) {
    registry.register(others);
  }

  /** Counts an error. */
  public void error(ErrorType type) {
    errors.labelValues(type.label()).inc();
  }

  /** Counts records whose Kubernetes metadata is missing. */
  public void withoutMetadata(long records) {
    withoutMetadata.inc(records);
  }

  /** A question about a namespace is over. */
  public void asked(QuestionResult result) {
    questions.labelValues(result.label()).inc();
  }

  /** Fluent Bit was asked to keep a chunk until the shoots are known. */
  public void held() {
    held.inc();
  }

  /** The open targets, for a look at their balance. */
  public List<TargetMetrics> targets() {
    return List.copyOf(open);
  }

  /**
   * The format for who accepts this: OpenMetrics where it is asked for, else Prometheus' text.
   *
   * @param accept an Accept header, or null
   * @return a content type
   */
  public static String contentType(String accept) {
    return Exposition.contentType(accept);
  }

  /**
   * Writes all metrics, family by family: what is in memory of them at one moment is one family's.
   *
   * @param contentType one of {@link #contentType}
   */
  public void write(OutputStream out, String contentType) throws IOException {
    Exposition.write(registry, out, contentType);
  }

  /** Ends what listens to the JVM's collections. Nothing else needs to be closed. */
  @Override
  public void close() {
    gc.close();
    meters.close();
  }

  public String version() {
    return version;
  }

  /** Whether the target was open. */
  boolean forget(TargetMetrics target) {
    boolean wasOpen = open.remove(target);
    if (wasOpen) {
      rpcs.closed(target.labels().serverAddress());
    }
    return wasOpen;
  }

  /** Locks out {@link #open}, so that a target opened meanwhile keeps the series it was given. */
  void removeSeries(TargetLabels labels) {
    synchronized (open) {
      targets.remove(labels, open.stream().map(TargetMetrics::labels).toList());
      rpcs.remove(labels.serverAddress());
    }
  }
}
