package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a process takes of its machine, reading by reading. A single reading is no measure: a compiler at work has
 * 10 MB for a moment, and threads of pools come and go. So the median of five readings stands for the one
 * in their middle, or for the last one.
 */
final class Footprint {
  private static final int WINDOW = 5;
  private static final double MOST_GROWTH = 1.1;

  private record Reading(long residentKb, long threads, long files) {}

  private final List<Reading> readings = new ArrayList<>();

  /** Adds a reading of a process. */
  void read(long pid) throws IOException {
    readings.add(new Reading(residentKb(pid), count(pid, "task"), count(pid, "fd")));
  }

  /** Nothing is more than a tenth larger at the end than at a reading, which has two on either side of it. */
  void assertNoGrowthSince(int reading) {
    assertNoGrowth("resident kB", Reading::residentKb, reading);
    assertNoGrowth("threads", Reading::threads, reading);
    assertNoGrowth("open files", Reading::files, reading);
  }

  private void assertNoGrowth(String what, ToLongFunction<Reading> part, int reading) {
    long then = at(reading, part);
    long now = atEnd(part);
    assertTrue(
        now <= then * MOST_GROWTH,
        () ->
            what + " grew from " + then + " to " + now + ": " + readings.stream().mapToLong(part).boxed().toList());
  }

  /** The median of the readings around one, in short form. */
  String around(int reading) {
    return text(part -> at(reading, part));
  }

  /** The same of the last readings. */
  String last() {
    return text(this::atEnd);
  }

  private static String text(ToLongFunction<ToLongFunction<Reading>> median) {
    return "%d MB, %d threads, %d files"
        .formatted(
            median.applyAsLong(Reading::residentKb) / 1000,
            median.applyAsLong(Reading::threads),
            median.applyAsLong(Reading::files));
  }

  private long at(int reading, ToLongFunction<Reading> part) {
    return median(reading - WINDOW / 2, part);
  }

  private long atEnd(ToLongFunction<Reading> part) {
    return median(readings.size() - WINDOW, part);
  }

  private long median(int first, ToLongFunction<Reading> part) {
    return readings.subList(first, first + WINDOW).stream()
        .mapToLong(part)
        .sorted()
        .skip(WINDOW / 2)
        .findFirst()
        .orElseThrow();
  }

  private static long residentKb(long pid) throws IOException {
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
