package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.intake.FlushResult;
import cloud.gardener.logging.metrics.Balance;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.metrics.TargetMetrics;
import cloud.gardener.logging.route.RouteConfigs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** An output with shoots, and what a test does with it. Keeps the metrics after the output is closed. */
public final class RoutedOutput implements AutoCloseable {
  static final String TAG = "kubernetes.test";

  /** The drain of a target ends when its queue is empty or its backend fails; no machine is too slow for that. */
  private static final Duration LAST_GRACE = Duration.ofMinutes(2);

  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

  public final ShootSource shoots = new ShootSource();
  public final PluginConfig config;
  private final ProcessServices services;
  private Output output;

  public RoutedOutput(Path folder, String... namesAndValues) throws Exception {
    config = config(folder, namesAndValues);
    services = ProcessServices.acquire(config);
    try {
      open();
    } catch (Exception e) {
      services.release();
      throw e;
    }
  }

  static PluginConfig config(Path folder, String... namesAndValues) {
    Map<String, String> section = new HashMap<>();
    section.put("DQueDir", folder.toString());
    section.put("DQueName", "test");
    section.put("MetricsPort", "0");
    section.put("FluentBitMetricsPort", "0");
    section.put("Insecure", "true");
    section.put("DQueBatchProcessorExportInterval", "20ms");
    section.put("RetryInitialInterval", "50ms");
    section.put("RetryMaxInterval", "200ms");
    section.put("ShutdownGrace", "2s");
    section.put("DynamicHostRegex", ".*");
    section.put("HoldUntilSynced", "0");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      section.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return RouteConfigs.shoots(
        section.entrySet().stream()
            .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
            .toArray(String[]::new));
  }

  void open() throws Exception {
    open(shoots);
  }

  void open(ShootWatch.Source source) throws Exception {
    output = Output.open(config, Flocks.FREE, source, LAST_GRACE);
  }

  void stop() {
    output.close();
    output = null;
  }

  public FlushResult flush(ByteBuffer chunk) {
    return flush(chunk, TAG);
  }

  FlushResult flush(ByteBuffer chunk, String tag) {
    return output.flush(chunk, tag);
  }

  /** Records of one namespace. */
  public void flush(String namespace, int records) {
    MsgPack chunk = new MsgPack();
    add(chunk, namespace, records);
    assertEquals(FlushResult.OK, flush(chunk.chunk()));
  }

  public static void add(MsgPack chunk, String namespace, int records) {
    for (int i = 0; i < records; i++) {
      chunk.event(
          1,
          i,
          Map.of(),
          Map.of("log", "seq=" + i, "kubernetes", Map.of("namespace_name", namespace)));
    }
  }

  public PluginMetrics metrics() {
    return services.metrics();
  }

  /** What /healthz would say, or null. */
  String problem() {
    return services.problem();
  }

  /** Of the open target whose records come from there. */
  public Balance balance(String source) {
    return metrics().targets().stream()
        .filter(target -> target.labels().source().equals(source))
        .map(TargetMetrics::balance)
        .findAny()
        .orElse(null);
  }

  /** Waits until all records of all open targets are exported or dropped. */
  public void awaitNothingBuffered() throws InterruptedException {
    await(
        "nothing waits",
        () ->
            metrics().targets().stream()
                .map(TargetMetrics::balance)
                .allMatch(balance -> balance.buffered() == 0 && balance.unaccounted() == 0));
  }

  /** The lines of the metrics that contain all of that. */
  long metric(String name, String... labels) {
    return sum(name + "{", labels);
  }

  /** A metric without labels. */
  long total(String name) {
    return sum(name + " ");
  }

  private long sum(String start, String... labels) {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    try {
      metrics().write(page, PluginMetrics.contentType(null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return page.toString()
        .lines()
        .filter(line -> line.startsWith(start))
        .filter(line -> Stream.of(labels).allMatch(line::contains))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** The records that the states of shoots keep from all targets. */
  long muted() {
    return metric("fluentbit_gardener_muted_logs_total", "host=");
  }

  /** The records that were dropped for this reason; for the empty one, for any. */
  long dropped(String reason) {
    return metric(
        "fluentbit_gardener_dropped_logs_total",
        reason.isEmpty() ? "reason=" : "reason=\"" + reason + "\"");
  }

  public static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadlineNs = System.nanoTime() + PATIENCE_NS;
    while (!condition.getAsBoolean()) {
      assertTrue(deadlineNs - System.nanoTime() > 0, "not within a minute: " + what);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @Override
  public void close() {
    if (output != null) {
      output.close();
    }
    services.release();
  }
}
