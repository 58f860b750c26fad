package cloud.gardener.logging.metrics;

import java.util.Arrays;

/**
 * A target's traffic of the last minutes: how many records came in and went out in each of the last {@value #PERIODS}
 * periods of {@value #PERIOD_SECONDS} seconds. Takes half a KiB once the target had traffic, and nothing before.
 *
 * <p>Thread-safe.
 */
public final class TrafficHistory {
  public static final int PERIOD_SECONDS = 15;
  public static final int PERIODS = 60;

  private static final int RATE_PERIODS = 4;

  private int[] in = {};
  private int[] out = {};
  private int next;
  private long lastIn;
  private long lastOut;

  /** Ends a period. */
  synchronized void sample(long totalIn, long totalOut) {
    if (in.length == 0) {
      if (totalIn == 0 && totalOut == 0) {
        return;
      }
      in = new int[PERIODS];
      out = new int[PERIODS];
    }
    in[next] = (int) Math.min(Integer.MAX_VALUE, totalIn - lastIn);
    out[next] = (int) Math.min(Integer.MAX_VALUE, totalOut - lastOut);
    lastIn = totalIn;
    lastOut = totalOut;
    next = (next + 1) % PERIODS;
  }

  /** The records that came in, by period, the oldest first; empty for a target without traffic. */
  public synchronized int[] in() {
    return oldestFirst(in);
  }

  /** The records that went out, like {@link #in()}. */
  public synchronized int[] out() {
    return oldestFirst(out);
  }

  private int[] oldestFirst(int[] ring) {
    int[] ordered = Arrays.copyOf(ring, ring.length);
    for (int i = 0; i < ring.length; i++) {
      ordered[i] = ring[(next + i) % PERIODS];
    }
    return ordered;
  }

  /** Records per second that came in during the last minute. */
  public synchronized double inPerSecond() {
    return rate(in);
  }

  /** Records per second that went out during the last minute. */
  public synchronized double outPerSecond() {
    return rate(out);
  }

  private double rate(int[] ring) {
    long sum = 0;
    for (int age = 1; age <= RATE_PERIODS && ring.length > 0; age++) {
      sum += ring[(next - age + PERIODS) % PERIODS];
    }
    return (double) sum / (RATE_PERIODS * PERIOD_SECONDS);
  }
}
