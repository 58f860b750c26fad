package cloud.gardener.logging.e2e;

import cloud.gardener.logging.sink.PathSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What targets cost: a log file for each of many shoots, through Fluent Bit (or the bundled host) with the
 * plugin, to backends that only count. First a steady load, at whose end the memory is read, then records as
 * fast as they are taken. All that is said of a process is said of the whole host.
 *
 * <p>Arguments: a folder, targets, records. Prints one line.
 */
final class TargetsBenchmark {
  private static final double TICKS_A_SECOND = 100;
  private static final int USER_TICKS = 13;

  private static final int STEADY_SECONDS = 20;
  private static final int STEADY_RECORDS = 20_000; // a second
  private static final int TICKS = 10; // a second
  private static final int FILES_A_TICK = 50;

  /** Lines written at once. */
  private static final int BLOCK = 10_000;

  private TargetsBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
    int targets = Integer.parseInt(arguments[1]);
    int lines = Integer.parseInt(arguments[2]) / targets;
    try (Shoots shoots = new Shoots(folder, PathSink.start())) {
      shoots
          .input("Mem_Buf_Limit", "30M")
          .output("DQueBatchProcessorExportInterval", "1s")
          .output("DQueBatchProcessorMaxQueueSize", "15000")
          .output("DQueBatchProcessorMaxBatchSize", "500");
      List<LogFile> logs = new ArrayList<>();
      for (int i = 0; i < targets; i++) {
        shoots.clusters.ready(Shoots.name(i));
        logs.add(shoots.log(Shoots.name(i)));
      }
      try (HostProcess host = shoots.start()) {
        host.await(
            "all targets",
            () -> Scrape.sum(shoots.metricsPort(), "fluentbit_gardener_clients_total") == targets + 1);
        double start = cpuSeconds(host);
        steady(shoots, host, logs);
        double steadyCpu = cpuSeconds(host) - start;
        long residentMegabytes = megabytes(host, "VmRSS:");
        double cpu = cpuSeconds(host);
        long startNs = System.nanoTime();
        run(shoots, host, logs, lines);
        double seconds = (System.nanoTime() - startNs) / 1e9;
        double records = (double) lines * targets;
        System.out.printf(
            "%7d %12d %12.0f %13.2f %12d %12d %8d %11d%n",
            targets,
            Math.round(steadyCpu / STEADY_SECONDS * 1_000),
            records / seconds,
            (cpuSeconds(host) - cpu) / records * 1e6,
            residentMegabytes,
            megabytes(host, "VmHWM:"),
            count(host, "task"),
            count(host, "fd"));
      }
    }
  }

  /**
   * A steady load, which warms the plugin, too. Some of the files grow at a time: where all of 500 did, Fluent Bit
   * stood still in a write to a pipe of its own.
   */
  private static void steady(Shoots shoots, HostProcess host, List<LogFile> logs) throws Exception {
    int files = Math.min(logs.size(), FILES_A_TICK);
    int lines = STEADY_RECORDS / TICKS / files;
    long wanted = shoots.backends.records() + (long) STEADY_SECONDS * TICKS * files * lines;
    long startNs = System.nanoTime();
    for (int tick = 0; tick < STEADY_SECONDS * TICKS; tick++) {
      for (int i = 0; i < files; i++) {
        logs.get((tick * files + i) % logs.size()).write(lines);
      }
      long nextNs = startNs + TimeUnit.SECONDS.toNanos(tick + 1) / TICKS;
      LockSupport.parkNanos(nextNs - System.nanoTime());
    }
    host.await("the steady load", () -> shoots.backends.records() >= wanted);
  }

  private static void run(Shoots shoots, HostProcess host, List<LogFile> logs, int lines)
      throws Exception {
    long wanted = shoots.backends.records() + (long) lines * logs.size();
    for (int written = 0; written < lines; written += BLOCK) {
      int block = Math.min(BLOCK, lines - written);
      logs.forEach(log -> log.write(block));
    }
    host.await("all records", () -> shoots.backends.records() >= wanted);
  }

  private static double cpuSeconds(HostProcess host) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + host.pid() + "/stat"));
    // The name of the command is the second field, and may hold blanks.
    String[] fields = ("0 0 " + stat.substring(stat.lastIndexOf(')') + 2)).split(" ");
    return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]))
        / TICKS_A_SECOND;
  }

  private static long megabytes(HostProcess host, String what) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + host.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith(what))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
          .findAny()
          .orElseThrow();
    }
  }

  private static long count(HostProcess host, String what) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc/" + host.pid(), what))) {
      return entries.count();
    }
  }
}
