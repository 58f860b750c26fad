package cloud.gardener.logging.metrics.server;

import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A profile of the CPU time of Java threads. Every few milliseconds, the CPU time of each thread since the last
 * sample is attributed to the thread's current stack.
 *
 * <p>The JVM provides stacks only at safepoints, so the time inside a short method may be attributed to its caller.
 * Fluent Bit's own threads and those of the compiler and the garbage collector are not visible. Not thread-safe.
 */
final class CpuProfile {
  static final int MAX_SECONDS = 60;

  private static final long PAUSE_MS = 10;
  private static final int MAX_DEPTH = 128;

  private final ThreadMXBean threads;
  private final long self = Thread.currentThread().getId();
  private final Map<Long, Long> lastNs = new HashMap<>();
  private final Map<String, Long> nanosByStack = new TreeMap<>();

  CpuProfile(ThreadMXBean threads) {
    this.threads = threads;
  }

  void run(int seconds) throws InterruptedException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() - endNs < 0) {
      sample();
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    }
    sample();
  }

  /** Takes a sample; the first one only records each thread's CPU time. */
  private void sample() {
    boolean first = lastNs.isEmpty();
    ThreadInfo[] infos = threads.getThreadInfo(threads.getAllThreadIds(), MAX_DEPTH);
    for (ThreadInfo info : infos) {
      if (info != null && info.getThreadId() != self) {
        long nowNs = threads.getThreadCpuTime(info.getThreadId());
        // All of a new thread's time was spent since the last sample.
        Long thenNs = lastNs.put(info.getThreadId(), nowNs);
        long spentNs = first ? 0 : nowNs - (thenNs == null ? 0 : thenNs);
        if (spentNs > 0) {
          nanosByStack.merge(stack(info), spentNs, Long::sum);
        }
      }
    }
  }

  private static String stack(ThreadInfo info) {
    StringBuilder stack = new StringBuilder(info.getThreadName().replace(';', ','));
    StackTraceElement[] frames = info.getStackTrace();
    for (int i = frames.length - 1; i >= 0; i--) {
      stack.append(';').append(frames[i].getClassName()).append('.').append(frames[i].getMethodName());
    }
    return stack.toString();
  }

  /** One line per stack: thread and methods, outermost first, and the CPU time in microseconds. */
  String collapsed() {
    StringBuilder lines = new StringBuilder();
    nanosByStack.forEach(
        (stack, nanos) ->
            lines.append(stack).append(' ').append(TimeUnit.NANOSECONDS.toMicros(nanos)).append('\n'));
    return lines.toString();
  }
}
