package cloud.gardener.logging.metrics.profile;

import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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
public final class CpuProfile {
  public static final int MAX_SECONDS = 60;

  private static final long PAUSE_MS = 10;
  private static final int MAX_DEPTH = 128;

  private final ThreadMXBean threads;
  private final long ownThreadId = Thread.currentThread().getId();
  private final Map<Long, Long> lastNs = new HashMap<>();
  private final Map<Stack, long[]> nanosByStack = new HashMap<>();
  private long measuredNs;

  /** Where a thread was. */
  private record Stack(String thread, List<StackTraceElement> frames) {}

  public CpuProfile(ThreadMXBean threads) {
    this.threads = threads;
  }

  /** Measures for {@code seconds}. */
  public void run(int seconds) throws InterruptedException {
    long startNs = System.nanoTime();
    long endNs = startNs + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() - endNs < 0) {
      sample();
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    }
    sample();
    measuredNs = System.nanoTime() - startNs;
  }

  /** Takes a sample; the first one only records each thread's CPU time. */
  private void sample() {
    boolean isFirst = lastNs.isEmpty();
    ThreadInfo[] infos = threads.getThreadInfo(threads.getAllThreadIds(), MAX_DEPTH);
    for (ThreadInfo info : infos) {
      if (info != null && info.getThreadId() != ownThreadId) {
        long nowNs = threads.getThreadCpuTime(info.getThreadId());
        // All of a new thread's time was spent since the last sample.
        Long previousNs = lastNs.put(info.getThreadId(), nowNs);
        long spentNs = isFirst ? 0 : nowNs - (previousNs == null ? 0 : previousNs);
        if (spentNs > 0) {
          Stack stack = new Stack(info.getThreadName(), List.of(info.getStackTrace()));
          long[] count = nanosByStack.computeIfAbsent(stack, added -> new long[2]);
          count[0]++;
          count[1] += spentNs;
        }
      }
    }
  }

  /** One line per stack: thread and methods, outermost first, and the CPU time in microseconds. */
  public String collapsed() {
    Map<String, Long> lines = new TreeMap<>();
    nanosByStack.forEach((stack, count) -> lines.merge(collapsed(stack), count[1], Long::sum));
    StringBuilder text = new StringBuilder();
    lines.forEach((stack, nanos) -> text.append(stack).append(' ').append(nanos / 1000).append('\n'));
    return text.toString();
  }

  private static String collapsed(Stack stack) {
    StringBuilder text = new StringBuilder(stack.thread.replace(';', ','));
    for (int i = stack.frames.size() - 1; i >= 0; i--) {
      StackTraceElement frame = stack.frames.get(i);
      text.append(';').append(frame.getClassName()).append('.').append(frame.getMethodName());
    }
    return text.toString();
  }

  /** The number of samples and the CPU time of each stack. */
  public StackProfile profile() {
    StackProfile profile = new StackProfile();
    profile.addType("samples", "count");
    profile.addType("cpu", "nanoseconds");
    profile.duration(Duration.ofNanos(measuredNs));
    nanosByStack.forEach(
        (stack, count) ->
            profile.add(stack.thread, stack.frames.toArray(new StackTraceElement[0]), count[0], count[1]));
    return profile;
  }
}
