package cloud.gardener.logging.jni;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets through one line a minute of each logger of a library. An exporter of OpenTelemetry's SDK limits its
 * own lines, but hundreds of shoots have an exporter each.
 *
 * <p>Thread-safe.
 */
final class LibraryLines {
  /** The answer for a line that is kept back. */
  static final int KEPT_BACK = -1;

  private static final long PAUSE_NS = TimeUnit.MINUTES.toNanos(1);

  private static final class Line {
    private long nextNs;
    private int keptBack;
  }

  private final LongSupplier nanoTime;
  private final Map<String, Line> lines = new HashMap<>();

  LibraryLines(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** How many lines of this logger were kept back before the one that may be written now, or {@link #KEPT_BACK}. */
  synchronized int admit(String logger) {
    long nowNs = nanoTime.getAsLong();
    Line line = lines.get(logger);
    if (line == null) {
      line = new Line();
      lines.put(logger, line);
    } else if (nowNs - line.nextNs < 0) {
      line.keptBack++;
      return KEPT_BACK;
    }
    int before = line.keptBack;
    line.nextNs = nowNs + PAUSE_NS;
    line.keptBack = 0;
    return before;
  }
}
