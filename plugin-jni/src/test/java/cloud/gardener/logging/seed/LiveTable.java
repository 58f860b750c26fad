package cloud.gardener.logging.seed;

import java.io.IOException;

/** What a seed does, a row each few seconds. */
final class LiveTable {
  private final Workload workload;
  private final Arrivals arrivals;
  private final FluentBit fluentBit;
  private final long startNs = System.nanoTime();
  private long rowNs = startNs;
  private double rowCpuSeconds;
  private long rowSeen;
  private int rows;

  LiveTable(Workload workload, Arrivals arrivals, FluentBit fluentBit) throws IOException {
    this.workload = workload;
    this.arrivals = arrivals;
    this.fluentBit = fluentBit;
    this.rowCpuSeconds = fluentBit.cpuSeconds();
  }

  int rows() {
    return rows;
  }

  void print() throws IOException {
    if (rows++ == 0) {
      System.out.printf(
          "%6s %10s %10s %9s %10s %9s %9s %7s %12s%n",
          "", "written", "arrived", "behind", "arrived/s", "p50", "p99", "CPU", "resident");
    }
    long nowNs = System.nanoTime();
    double seconds = Math.max(0.1, (nowNs - rowNs) / 1e9);
    double cpuSeconds = fluentBit.cpuSeconds();
    long written = workload.written();
    long seen = workload.seen();
    System.out.printf(
        "%4d s %10d %10d %9d %10.0f %7.2f s %7.2f s %5.0f %% %8d MiB%n",
        (nowNs - startNs) / 1_000_000_000,
        written,
        seen,
        written - seen,
        (seen - rowSeen) / seconds,
        arrivals.delays().quantileSeconds(0.5),
        arrivals.delays().quantileSeconds(0.99),
        100 * (cpuSeconds - rowCpuSeconds) / seconds,
        fluentBit.residentMegabytes());
    rowNs = nowNs;
    rowCpuSeconds = cpuSeconds;
    rowSeen = seen;
  }
}
