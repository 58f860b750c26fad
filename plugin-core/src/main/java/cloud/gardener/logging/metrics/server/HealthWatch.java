package cloud.gardener.logging.metrics.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Knows whether the process should be started anew, which is what a 503 of {@code /healthz} makes the kubelet do. A
 * wrong 503 ends a Fluent Bit that works, and does so again and again, so that only three things count:
 *
 * <ul>
 *   <li>A target cannot take or hand over records because of the machine: its disk refuses. A backend that is down and a
 *       queue that is full are no such thing: a restart cannot help, and what waits is safe where it is.
 *   <li>A look at the targets has not ended for {@value #STALL_MINUTES} minutes: the disk hangs.
 *   <li>Fluent Bit's engine stands still: its {@link Pulse} was seen, its server still listens, and the pulse has not
 *       changed for {@value #STALL_MINUTES} minutes. An idle engine's pulse changes every second. Where the pulse cannot
 *       be read (the server is off, or on another port), this says nothing.
 * </ul>
 *
 * <p>The looks are a thread's of its own, and {@link #problem()} only reads what the last one has found: it never waits.
 * Thread-safe.
 */
public final class HealthWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(HealthWatch.class.getName());
  private static final int LOOK_SECONDS = 5;

  /** Far more than a busy engine is away from its timers. */
  static final int STALL_MINUTES = 10;

  private static final long STALL_NS = TimeUnit.MINUTES.toNanos(STALL_MINUTES);

  private final Supplier<String> targets;
  private final Pulse pulse;
  private final LongSupplier nanoTime;
  private final CountDownLatch closed = new CountDownLatch(1);

  private volatile String found;
  private volatile long lookedNs;

  // Owned by who looks.
  private long lastPulse = Pulse.ABSENT;
  private long pulseNs;
  private boolean broken;

  /**
   * @param targets what is wrong with the targets, or null; may wait for a disk
   * @param nanoTime monotonic time
   */
  HealthWatch(Supplier<String> targets, Pulse pulse, LongSupplier nanoTime) {
    this.targets = targets;
    this.pulse = pulse;
    this.nanoTime = nanoTime;
    this.lookedNs = nanoTime.getAsLong();
  }

  /**
   * Begins to look every few seconds.
   *
   * @param targets why a target cannot take or hand over records because of this machine, or null; may wait for a disk
   * @param fluentBitPort the port of Fluent Bit's own HTTP server; 0 to leave it alone
   */
  public static HealthWatch start(Supplier<String> targets, int fluentBitPort) {
    HealthWatch watch =
        new HealthWatch(targets, new UptimePulse(fluentBitPort), System::nanoTime);
    Thread thread = new Thread(watch::run, "gardener-health");
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  private void run() {
    try {
      while (!closed.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One look. Not thread-safe. */
  void look() {
    try {
      String engine = engineProblem(pulse.read());
      String target = targets.get();
      found = target != null ? target : engine;
    } catch (RuntimeException e) {
      // A defect of the watch is no reason to restart what it watches.
      found = null;
      if (!broken) {
        broken = true;
        LOG.log(Level.SEVERE, "a defect in the health check, it goes on", e);
      }
    }
    lookedNs = nanoTime.getAsLong();
  }

  private String engineProblem(long count) {
    long nowNs = nanoTime.getAsLong();
    boolean moves = count != Pulse.SILENT && count != lastPulse;
    if (moves) {
      lastPulse = count;
      pulseNs = nowNs;
    }
    boolean stalled = lastPulse != Pulse.ABSENT && nowNs - pulseNs >= STALL_NS;
    return stalled
        ? "Fluent Bit's engine stands still: its uptime has not changed for "
            + TimeUnit.NANOSECONDS.toMinutes(nowNs - pulseNs) + " minutes"
        : null;
  }

  /** Why the process should be started anew, in one line; null when all is well. */
  public String problem() {
    long sinceNs = nanoTime.getAsLong() - lookedNs;
    return sinceNs >= STALL_NS
        ? "a look at the queues has not ended for " + TimeUnit.NANOSECONDS.toMinutes(sinceNs)
            + " minutes: the disk hangs"
        : found;
  }

  /** Looks no more. */
  @Override
  public void close() {
    closed.countDown();
  }
}
