package cloud.gardener.logging.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * All metrics of the process: one instance serves every output and lives as long as the process. Thread-safe.
 *
 * <p>The names and labels are compatible with the dashboards and ServiceMonitors of the Go plugin; {@link
 * MetricFamily} lists them.
 */
public final class PluginMetrics implements AutoCloseable {
  private final FamilyRegistry registry = new FamilyRegistry();
  private final JvmMeters jvm = new JvmMeters(registry);
  private final Set<TargetMetrics> openTargets = ConcurrentHashMap.newKeySet();
  private final Map<String, OutputMetrics> outputs = new ConcurrentHashMap<>();
  private final Set<OutputState> outputStates = ConcurrentHashMap.newKeySet();
  private final OutputMetrics.Series outputSeries;
  private final UnknownHosts unknownHosts = new UnknownHosts();
  private final TargetSeries targets;
  private final RpcSeries rpcs;
  private final Counter errors;
  private final FlushTimes flushes;
  private final CounterDataPoint withoutMetadata;
  private final Counter namespaceQueries;
  private final CounterDataPoint heldChunks;
  private final String version;

  /** @param version the plugin's version */
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
    namespaceQueries = collectors.counter(MetricFamily.QUESTIONS);
    heldChunks = collectors.counter(MetricFamily.HELD).labelValues();
    new TargetGauges(openTargets).register(collectors);
    new OutputGauges(openTargets, outputStates).register(collectors);
    new ProcessMetrics(proc).register(collectors);
    collectors.info(MetricFamily.TARGET_INFO, "fluent-bit-output-plugin", version);
    collectors.info(MetricFamily.BUILD_INFO, version);
  }

  /** Starts the metrics of a target; its counters exist from now on. */
  public TargetMetrics openTarget(TargetLabels labels) {
    synchronized (openTargets) {
      TargetMetrics target =
          new TargetMetrics(labels, targets, output(labels.output()), this);
      openTargets.add(target);
      rpcs.opened(labels);
      return target;
    }
  }

  /** The metrics of all targets of an output; its series stay for the life of the process. */
  public OutputMetrics output(String name) {
    return outputs.computeIfAbsent(name, key -> new OutputMetrics(key, outputSeries));
  }

  /**
   * A request of a target ended.
   *
   * @param serverAddress the backend's host
   * @param method the full name of the gRPC method, or the HTTP method
   * @param status the name of the gRPC status, such as UNAVAILABLE, or the HTTP status
   * @param requestBytes size before compression
   * @param responseBytes 0 when there was none
   */
  public void requestEnded(
      String serverAddress,
      String method,
      String status,
      long durationNanos,
      long requestBytes,
      long responseBytes) {
    rpcs.ended(serverAddress, method, status, durationNanos, requestBytes, responseBytes);
  }

  /** A flush ended after {@code durationNanos}, with any result. */
  public void flushed(long durationNanos) {
    flushes.ended(durationNanos);
  }

  /** Adds metrics to the scrape, whose names and labels stay unchanged. */
  public void register(MultiCollector others) {
    registry.register(others);
  }

  public void error(ErrorType type) {
    errors.labelValues(type.label()).inc();
  }

  /** Counts records without Kubernetes metadata. */
  public void metadataMissing(long records) {
    withoutMetadata.inc(records);
  }

  /** A request about a namespace ended. */
  public void namespaceQueried(QueryResult result) {
    namespaceQueries.labelValues(result.label()).inc();
  }

  /** Fluent Bit was asked to keep a chunk until the shoots are known. */
  public void chunkHeld() {
    heldChunks.inc();
  }

  /** Adds a running output. */
  public void outputStarted(OutputState output) {
    outputStates.add(output);
  }

  /** Removes an output that stops. */
  public void outputStopped(OutputState output) {
    outputStates.remove(output);
  }

  /** The running outputs, by name. */
  public List<OutputState> outputs() {
    return outputStates.stream().sorted(Comparator.comparing(OutputState::name)).toList();
  }

  /** The records that all outputs dropped since the start, by the label of the reason; without those that are 0. */
  public Map<String, Long> dropsByReason() {
    Map<String, Long> drops = new TreeMap<>();
    outputs.values().forEach(output -> output.addDropsTo(drops));
    return drops;
  }

  /** Ends a period of each target's {@link TrafficHistory}. */
  public void sampleTraffic() {
    openTargets.forEach(TargetMetrics::sampleTraffic);
  }

  /**
   * Counts incoming records of an output that are dropped because their shoot is unknown. They belong to no target.
   *
   * @param output its DQueName
   * @param namespace the namespace that they name
   */
  public void unknownShootDropped(String output, String namespace, long records) {
    String host = unknownHosts.labelFor(namespace);
    targets.incoming.labelValues(host).inc(records);
    targets.dropped.labelValues(host, DropReason.NO_CLIENT.label()).inc(records);
    output(output).incoming(records);
    output(output).dropped(DropReason.NO_CLIENT, records);
  }

  /** The open targets, to check their balance. */
  public List<TargetMetrics> targets() {
    return List.copyOf(openTargets);
  }

  /**
   * The content type for a client: OpenMetrics if it accepts it, otherwise Prometheus text.
   *
   * @param accept an Accept header, or null
   * @return a content type
   */
  public static String contentType(String accept) {
    return Exposition.contentType(accept);
  }

  /**
   * Writes all metrics, family by family: only one family's values are in memory at a time.
   *
   * @param contentType one of {@link #contentType}
   */
  public void write(OutputStream out, String contentType) throws IOException {
    jvm.start();
    Exposition.write(registry, out, contentType);
  }

  @Override
  public void close() {
    jvm.close();
  }

  public String version() {
    return version;
  }

  /** Removes a target; returns whether it was open. */
  boolean closeTarget(TargetMetrics target) {
    boolean wasOpen = openTargets.remove(target);
    if (wasOpen) {
      rpcs.closed(target.labels());
    }
    return wasOpen;
  }

  /** Excludes {@link #openTarget}, so that a target that is opened concurrently keeps its series. */
  void removeSeries(TargetLabels labels) {
    synchronized (openTargets) {
      targets.remove(labels, openTargets.stream().map(TargetMetrics::labels).toList());
      rpcs.remove(labels.serverAddress());
    }
  }

  /** The time for which flushes occupied Fluent Bit's threads. Thread-safe. */
  private static final class FlushTimes {
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
}
