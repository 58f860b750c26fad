package cloud.gardener.logging.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The {@code process_*} metrics, read from Linux' /proc/self at each scrape. They include Fluent Bit, because it is
 * the same process. When a file is missing or malformed, its metrics have no series.
 */
final class ProcessMetrics {
  /** The kernel counts process time in hundredths of a second on all platforms with a JVM (USER_HZ). */
  private static final double TICKS_PER_SECOND = 100;

  private static final double KIB = 1024;
  private static final double NO_LIMIT = 18446744073709551615.0;

  private final Path proc;

  /**
   * @param proc /proc/self
   */
  ProcessMetrics(Path proc) {
    this.proc = proc;
  }

  void register(Collectors collectors) {
    collectors.counter(MetricFamily.PROCESS_CPU, counter(this::cpuSeconds));
    collectors.gauge(MetricFamily.PROCESS_RESIDENT, gauge(() -> statusBytes("VmRSS:")));
    collectors.gauge(MetricFamily.PROCESS_START, gauge(ProcessMetrics::startSeconds));
    collectors.gauge(MetricFamily.PROCESS_OPEN_FDS, gauge(this::openFiles));
    collectors.gauge(MetricFamily.PROCESS_MAX_FDS, gauge(() -> limit("Max open files")));
    collectors.gauge(MetricFamily.PROCESS_VIRTUAL, gauge(() -> statusBytes("VmSize:")));
    collectors.gauge(MetricFamily.PROCESS_VIRTUAL_MAX, gauge(() -> limit("Max address space")));
    collectors.counter(MetricFamily.PROCESS_TRANSMIT, counter(() -> ipBytes("OutOctets")));
    collectors.counter(MetricFamily.PROCESS_RECEIVE, counter(() -> ipBytes("InOctets")));
  }

  /** Fields 14 and 15 of stat. The second field is the program's name in parentheses, which may contain spaces. */
  private OptionalDouble cpuSeconds() {
    String stat = lines("stat").get(0);
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    double ticks = Double.parseDouble(afterName[11]) + Double.parseDouble(afterName[12]);
    return OptionalDouble.of(ticks / TICKS_PER_SECOND);
  }

  private OptionalDouble statusBytes(String key) {
    return lines("status").stream()
        .filter(line -> line.startsWith(key))
        .mapToDouble(line -> Double.parseDouble(line.split("\\s+")[1]) * KIB)
        .findFirst();
  }

  private static OptionalDouble startSeconds() {
    return ProcessHandle.current().info().startInstant().stream()
        .mapToDouble(start -> start.toEpochMilli() / 1000.0)
        .findFirst();
  }

  private OptionalDouble openFiles() {
    try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
      return OptionalDouble.of(files.count());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The soft limit. */
  private OptionalDouble limit(String key) {
    return lines("limits").stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()).trim().split("\\s+")[0])
        .mapToDouble(soft -> soft.equals("unlimited") ? NO_LIMIT : Double.parseDouble(soft))
        .findFirst();
  }

  /** Two lines begin with IpExt: the first has the names, the second the values. */
  private OptionalDouble ipBytes(String name) {
    List<String[]> rows =
        lines("net/netstat").stream()
            .filter(line -> line.startsWith("IpExt:"))
            .map(line -> line.split(" "))
            .toList();
    int column = List.of(rows.get(0)).indexOf(name);
    return OptionalDouble.of(Double.parseDouble(rows.get(1)[column]));
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(proc.resolve(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Consumer<GaugeWithCallback.Callback> gauge(Supplier<OptionalDouble> value) {
    return callback -> read(value).ifPresent(callback::call);
  }

  private static Consumer<CounterWithCallback.Callback> counter(Supplier<OptionalDouble> value) {
    return callback -> read(value).ifPresent(callback::call);
  }

  /** A missing metric is better than a failed scrape. */
  private static OptionalDouble read(Supplier<OptionalDouble> value) {
    try {
      return value.get();
    } catch (UncheckedIOException | IndexOutOfBoundsException | NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
