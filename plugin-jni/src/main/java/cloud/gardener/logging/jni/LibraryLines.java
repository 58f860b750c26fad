package cloud.gardener.logging.jni;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Admits one line a minute per library logger. An exporter of OpenTelemetry's SDK limits its own lines, but hundreds
 * of shoots have an exporter each.
 *
 * <p>Thread-safe.
 */
final class LibraryLines {
  /** Returned for a suppressed line. */
  static final int SUPPRESSED = -1;

  private static final long PAUSE_NS = TimeUnit.MINUTES.toNanos(1);

  private static final class Line {
    private long nextNs;
    private int suppressed;
  }

  private final LongSupplier nanoTime;
  private final Map<String, Line> lines = new HashMap<>();

  LibraryLines(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * The number of suppressed lines of this logger since the last admitted one, or {@link #SUPPRESSED} when this line
   * is suppressed, too.
   */
  synchronized int admit(String logger) {
    long nowNs = nanoTime.getAsLong();
    Line line = lines.get(logger);
    if (line == null) {
      line = new Line();
      lines.put(logger, line);
    } else if (nowNs - line.nextNs < 0) {
      line.suppressed++;
      return SUPPRESSED;
    }
    int suppressedBefore = line.suppressed;
    line.nextNs = nowNs + PAUSE_NS;
    line.suppressed = 0;
    return suppressedBefore;
  }
}
