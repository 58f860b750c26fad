package cloud.gardener.logging.seed;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Looks at a round until it is over, and prints the live table. */
final class Watch {
  private static final Duration TABLE_INTERVAL = Duration.ofSeconds(3);
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

  /** A look costs VictoriaLogs time, which is to be a small share. */
  private static final int LOOK_COSTS = 4;

  /** A round is over when nothing has arrived for so long, and two flushes. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Workload workload;
  private final Arrivals arrivals;
  private final FluentBit fluentBit;
  private long residentMegabytes;

  Watch(Workload workload, Arrivals arrivals, FluentBit fluentBit) {
    this.workload = workload;
    this.arrivals = arrivals;
    this.fluentBit = fluentBit;
  }

  /**
   * What Fluent Bit has cost.
   *
   * @param cpuSeconds from the pods' start to the last arrival
   * @param residentMegabytes when the last record was written
   * @param peakMegabytes since Fluent Bit's start
   */
  record Cost(double cpuSeconds, long residentMegabytes, long peakMegabytes) {}

  /** Returns when all has arrived, or nothing arrives any more. */
  Cost untilArrived(int flushSeconds) throws IOException, InterruptedException {
    LiveTable table = new LiveTable(workload, arrivals, fluentBit);
    long patienceNs = PATIENCE.plusSeconds(2L * flushSeconds).toNanos();
    double cpuBefore = fluentBit.cpuSeconds();
    long startNs = System.nanoTime();
    long movedNs = startNs;
    long lookNs = startNs;
    long seen = 0;
    while (!isOver() && lookNs - movedNs < patienceNs) {
      lookNs = System.nanoTime();
      look();
      if (!workload.isDone() || workload.seen() > seen) {
        movedNs = lookNs;
        seen = workload.seen();
      }
      if (lookNs - startNs >= table.rows() * TABLE_INTERVAL.toNanos()) {
        table.print();
      }
      long tookNs = System.nanoTime() - lookNs;
      TimeUnit.NANOSECONDS.sleep(Math.max(LOOK_INTERVAL.toNanos() - tookNs, LOOK_COSTS * tookNs));
    }
    table.print();
    return new Cost(fluentBit.cpuSeconds() - cpuBefore, residentMegabytes, fluentBit.peakMegabytes());
  }

  private void look() throws IOException, InterruptedException {
    fluentBit.check();
    boolean done = workload.isDone();
    arrivals.look();
    if (!done) {
      residentMegabytes = fluentBit.residentMegabytes();
    }
  }

  /** A record that came twice may hide one that is still under way, so this counts exactly. */
  private boolean isOver() throws IOException, InterruptedException {
    return workload.isDone() && workload.seen() == workload.written() && arrivals.count().lost() == 0;
  }
}
