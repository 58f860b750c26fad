package cloud.gardener.logging.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import cloud.gardener.logging.config.ShootState;
import cloud.gardener.logging.event.MsgPack;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What targets cost: flushes chunks of one pod each, as Fluent Bit gives them, of all shoots in turn, through routing,
 * encoding, the disk queues and the export as OTLP JSON lines to standard output, which the caller throws
 * away. Prints one line to standard error.
 *
 * <p>Arguments: the folder of the queues, targets, records.
 */
final class TargetsBenchmark {
  private static final int CHUNK_RECORDS = 1_000;
  private static final int DIGITS = 5;
  private static final String LINE = "handled request path=/api/v1/pods verb=GET ".repeat(5);

  private TargetsBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int targets = Integer.parseInt(arguments[1]);
    int chunks = Math.max(1, Integer.parseInt(arguments[2]) / CHUNK_RECORDS);
    try (RoutedOutput output =
        new RoutedOutput(
            folder,
            "ShootType", "stdout",
            "LogLevel", "error",
            "DQueBatchProcessorExportInterval", "1s",
            "DQueBatchProcessorMaxQueueSize", "15000",
            "DQueBatchProcessorMaxBatchSize", "500")) {
      for (int i = 0; i < targets; i++) {
        output.shoots.with(namespace(i), ShootState.READY);
      }
      output.shoots.tell();
      ByteBuffer chunk = chunk();
      run(output, chunk, chunks, targets); // Warm.
      long cpuNs = cpuNs();
      long startNs = System.nanoTime();
      run(output, chunk, chunks, targets);
      long tookNs = System.nanoTime() - startNs;
      long records = (long) chunks * CHUNK_RECORDS;
      System.err.printf(
          "%7d %12.0f %13.2f %12d %8d %11d%n",
          targets,
          records * 1e9 / tookNs,
          (cpuNs() - cpuNs) / 1e9 / records * 1e6,
          residentMegabytes(),
          ManagementFactory.getThreadMXBean().getThreadCount(),
          openFiles());
    }
  }

  private static void run(RoutedOutput output, ByteBuffer chunk, int chunks, int targets)
      throws InterruptedException {
    for (int i = 0; i < chunks; i++) {
      rename(chunk, i % targets);
      while (output.flush(chunk) != FlushResult.OK) {
        TimeUnit.MILLISECONDS.sleep(10); // The queues are full.
      }
    }
    output.awaitRest();
  }

  private static String namespace(int number) {
    return String.format("shoot--p--%0" + DIGITS + "d", number);
  }

  private static ByteBuffer chunk() {
    MsgPack chunk = new MsgPack();
    Map<String, Object> pod = Map.of("pod_name", "pod", "namespace_name", namespace(0));
    for (int i = 0; i < CHUNK_RECORDS; i++) {
      chunk.event(1, i, Map.of(), Map.of("log", LINE, "kubernetes", pod));
    }
    return chunk.chunk();
  }

  /** Makes it a chunk of another shoot, in place: a chunk for each would be much of what is measured. */
  private static void rename(ByteBuffer chunk, int number) {
    byte[] name = namespace(number).getBytes(UTF_8);
    int unchanged = name.length - DIGITS;
    for (int at = 0; at < chunk.limit() - name.length; at++) {
      int same = 0;
      while (same < unchanged && chunk.get(at + same) == name[same]) {
        same++;
      }
      if (same == unchanged) {
        chunk.put(at, name);
        at += name.length;
      }
    }
  }

  private static long cpuNs() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime();
  }

  private static long residentMegabytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
          .findAny()
          .orElse(0);
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }
}
