package cloud.gardener.logging.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a process takes of its machine, reading by reading. A single reading is no measure: threads of pools come and
 * go, and a compiler at work holds 10 to 20 MB for some seconds. So the median of five readings stands for the one in
 * their middle, and what is left at the end is read when the process is at rest.
 */
final class Footprint {
  private static final int WINDOW = 5;
  private static final double MOST_GROWTH = 1.1;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MS = 200;

  private record Reading(long residentKb, long threads, long files) {
    static Reading of(long pid) throws IOException {
      return new Reading(kilobytes(pid), count(pid, "task"), count(pid, "fd"));
    }

    boolean isWithin(Reading limit) {
      return residentKb <= limit.residentKb * MOST_GROWTH
          && threads <= limit.threads * MOST_GROWTH
          && files <= limit.files * MOST_GROWTH;
    }

    @Override
    public String toString() {
      return "%d MB, %d threads, %d files".formatted(residentKb / 1000, threads, files);
    }
  }

  private final long pid;
  private final List<Reading> readings = new ArrayList<>();

  Footprint(long pid) {
    this.pid = pid;
  }

  /** Adds a reading. */
  void read() throws IOException {
    readings.add(Reading.of(pid));
  }

  /**
   * Once the process is at rest, nothing is more than a tenth larger than at a reading, which has two on either side
   * of it. Says how both are.
   */
  String assertNoGrowthSince(int reading) throws IOException, InterruptedException {
    Reading then = around(reading);
    long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
    Reading now = Reading.of(pid);
    while (!now.isWithin(then)) {
      if (System.nanoTime() - deadlineNs > 0) {
        throw new AssertionError("from " + then + " it grew to " + now + ": " + readings);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      now = Reading.of(pid);
    }
    return then + ", then " + now;
  }

  private Reading around(int reading) {
    List<Reading> window = readings.subList(reading - WINDOW / 2, reading + WINDOW / 2 + 1);
    return new Reading(
        median(window, Reading::residentKb),
        median(window, Reading::threads),
        median(window, Reading::files));
  }

  private static long median(List<Reading> window, ToLongFunction<Reading> part) {
    return window.stream().mapToLong(part).sorted().skip(WINDOW / 2).findFirst().orElseThrow();
  }

  private static long kilobytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static long count(long pid, String what) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc/" + pid, what))) {
      return entries.count();
    }
  }
}
