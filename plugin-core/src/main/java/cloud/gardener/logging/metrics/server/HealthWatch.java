package cloud.gardener.logging.metrics.server;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Determines whether the process must be restarted: a 503 of {@code /healthz} makes the kubelet do so. A wrong 503
 * would repeatedly restart a working Fluent Bit, so only three conditions count:
 *
 * <ul>
 *   <li>A target cannot accept or deliver records because of the machine: its disk refuses. An unavailable backend
 *       or a full queue does not count: a restart cannot help, and the waiting records are safe.
 *   <li>A check of the targets has not ended for {@value #STALL_MINUTES} minutes: the disk hangs.
 *   <li>Fluent Bit's engine is stalled: its {@link Heartbeat} was read before, its server still listens, and it
 *       has not changed for {@value #STALL_MINUTES} minutes. An idle engine's heartbeat changes every second. When the
 *       heartbeat cannot be read (the server is disabled, or on another port), this condition does not apply.
 * </ul>
 *
 * <p>The checks run on their own thread, and {@link #problem()} only returns the last result: it never blocks.
 * Thread-safe.
 */
public final class HealthWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(HealthWatch.class.getName());
  private static final int CHECK_SECONDS = 5;

  /** The engine answers with all of its metrics, which costs both more than the rest of a check. */
  static final int HEARTBEAT_SECONDS = 30;

  /** Far longer than a busy engine neglects its timers. */
  static final int STALL_MINUTES = 10;

  private static final long STALL_NS = TimeUnit.MINUTES.toNanos(STALL_MINUTES);

  private final Supplier<String> targets;
  private final Heartbeat heartbeat;
  private final LongSupplier nanoTime;
  private final CountDownLatch closed = new CountDownLatch(1);

  private volatile String lastProblem;
  private volatile long checkedNs;

  // Accessed only by the checking thread.
  private long readHeartbeat;
  private long readNs;
  private long lastHeartbeat = Heartbeat.ABSENT;
  private long heartbeatNs;
  private boolean defectLogged;

  /**
   * @param targets the problem of the targets, or null; may wait for a disk
   * @param nanoTime monotonic time
   */
  HealthWatch(Supplier<String> targets, Heartbeat heartbeat, LongSupplier nanoTime) {
    this.targets = targets;
    this.heartbeat = heartbeat;
    this.nanoTime = nanoTime;
    this.checkedNs = nanoTime.getAsLong();
    this.readNs = checkedNs - TimeUnit.SECONDS.toNanos(HEARTBEAT_SECONDS);
  }

  /**
   * Starts a check every few seconds.
   *
   * @param targets the reason why a target cannot accept or deliver records because of this machine, or null; may
   *     wait for a disk
   * @param fluentBitPort the port of Fluent Bit's own HTTP server; 0 for no check of it
   */
  public static HealthWatch start(Supplier<String> targets, int fluentBitPort) {
    HealthWatch watch =
        new HealthWatch(targets, new UptimeHeartbeat(fluentBitPort), System::nanoTime);
    Thread thread = new Thread(watch::run, "gardener-health");
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  private void run() {
    try {
      while (!closed.await(CHECK_SECONDS, TimeUnit.SECONDS)) {
        check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs one check. Not thread-safe. */
  void check() {
    try {
      String engine = engineProblem();
      String target = targets.get();
      lastProblem = target != null ? target : engine;
    } catch (RuntimeException e) {
      // A defect of the watch is no reason to restart the process.
      lastProblem = null;
      if (!defectLogged) {
        defectLogged = true;
        LOG.log(Level.SEVERE, "a defect in the health check, it goes on", e);
      }
    }
    checkedNs = nanoTime.getAsLong();
  }

  private String engineProblem() {
    long nowNs = nanoTime.getAsLong();
    if (nowNs - readNs >= TimeUnit.SECONDS.toNanos(HEARTBEAT_SECONDS)) {
      readNs = nowNs;
      readHeartbeat = heartbeat.read();
    }
    boolean isAlive = readHeartbeat != Heartbeat.SILENT && readHeartbeat != lastHeartbeat;
    if (isAlive) {
      lastHeartbeat = readHeartbeat;
      heartbeatNs = nowNs;
    }
    boolean stalled = lastHeartbeat != Heartbeat.ABSENT && nowNs - heartbeatNs >= STALL_NS;
    return stalled
        ? "Fluent Bit's engine stands still: its uptime has not changed for "
            + TimeUnit.NANOSECONDS.toMinutes(nowNs - heartbeatNs) + " minutes"
        : null;
  }

  /** The reason why the process must be restarted, in one line; null when it is healthy. */
  public String problem() {
    long sinceNs = nanoTime.getAsLong() - checkedNs;
    return sinceNs >= STALL_NS
        ? "a look at the queues has not ended for " + TimeUnit.NANOSECONDS.toMinutes(sinceNs)
            + " minutes: the disk hangs"
        : lastProblem;
  }

  /** Stops the checks. */
  @Override
  public void close() {
    closed.countDown();
  }
}
