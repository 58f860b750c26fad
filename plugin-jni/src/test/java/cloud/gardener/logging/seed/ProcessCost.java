package cloud.gardener.logging.seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What a process has taken since its start: CPU time, and resident memory now and at its peak. */
record ProcessCost(double cpuSeconds, long residentMb, long peakMb) {
  private static final double TICKS_A_SECOND = 100;
  private static final int USER_TICKS = 13;
  private static final double REST_SECONDS = 0.02;
  private static final int MOST_READINGS = 30;

  static ProcessCost of(long pid) throws IOException {
    Path process = Path.of("/proc/" + pid);
    String stat = Files.readString(process.resolve("stat"));
    // The name of the command is the second field, and may hold blanks.
    String[] fields = ("0 0 " + stat.substring(stat.lastIndexOf(')') + 2)).split(" ");
    long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
    return new ProcessCost(
        ticks / TICKS_A_SECOND, megabytes(process, "VmRSS:"), megabytes(process, "VmHWM:"));
  }

  /** Waits until a second costs the process almost nothing, at most half a minute. */
  static ProcessCost atRest(long pid) throws IOException, InterruptedException {
    ProcessCost last = of(pid);
    for (int i = 0; i < MOST_READINGS; i++) {
      TimeUnit.SECONDS.sleep(1);
      ProcessCost now = of(pid);
      if (now.cpuSeconds - last.cpuSeconds <= REST_SECONDS) {
        return now;
      }
      last = now;
    }
    return last;
  }

  private static long megabytes(Path process, String what) throws IOException {
    return Files.readAllLines(process.resolve("status")).stream()
        .filter(line -> line.startsWith(what))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1000)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return "%.2f s of CPU, %d MB resident".formatted(cpuSeconds, residentMb);
  }
}
