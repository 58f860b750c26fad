package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the host under load, again and again, and starts it on the same queue. Whatever a flush had
 * answered OK for must arrive. {@code -Dfaults.kills=200} for the long form, {@code -Dfaults.seed} to
 * repeat one.
 */
@Tag("faults")
class KillTest {
  private static final int KILLS = Integer.getInteger("faults.kills", 20);
  private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
  private static final int RECORDS_A_SECOND = 50_000;

  /** A run lives until it has acknowledged up to so many records. */
  private static final int RECORDS_A_RUN = 25_000;

  /** Now and then a run gets the time to send what earlier ones have left. */
  private static final int RUNS_OF_A_BACKLOG = 10;

  @TempDir Path folder;

  private final List<Run> runs = new ArrayList<>();

  /** The numbers that a run had acknowledged when it was killed, and for how long it had been under load. */
  private record Run(long first, long acknowledged, long loadNs) {}

  @Test
  void shouldDeliverWhatWasAcknowledgedBeforeAKill() throws Exception {
    Random random = new Random(SEED);
    long recovered = 0;
    long next = 0;
    try (SinkProcess sink = SinkProcess.start()) {
      sink.mode("slow 5"); // So that something is always under way.
      for (int kill = 0; kill < KILLS; kill++) {
        LogFile logs = new LogFile(folder.resolve("run-" + kill + ".log"), next);
        recovered += runAndKill(logs, sink, 1 + random.nextInt(RECORDS_A_RUN));
        next = logs.next();
        Files.delete(logs.path());
      }
      sink.mode("accept");
      LogFile last = new LogFile(folder.resolve("last.log"), next);
      last.write(1);
      Configuration configuration = configuration(last, sink);
      try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
        host.await("the first flush", () -> metric(configuration, "output_client_logs_total") >= 1);
        host.await("an empty queue", () -> metric(configuration, "buffered_logs") == 0);
      }
      for (Run run : runs) {
        long lost = sink.tally(run.first, run.first + run.acknowledged - 1).lost();
        assertEquals(0, lost, "lost of " + run + ", seed " + SEED);
      }
      assertTrue(recovered > 0, "no run found anything of the run before, seed " + SEED);
      long doubled = sink.tally(0, last.next() - 1).doubled();
      assertTrue(
          doubled <= (long) KILLS * Outcome.IN_FLIGHT, doubled + " doubled, seed " + SEED);
      long acknowledged = runs.stream().mapToLong(Run::acknowledged).sum();
      double seconds = runs.stream().mapToLong(Run::loadNs).sum() / 1e9;
      System.out.printf(
          "kill -9: %d kills, written %.0f records/s, acknowledged %d, lost 0, doubled %d, found again"
              + " %d%n",
          KILLS, (last.next() - 1) / seconds, acknowledged, doubled, recovered);
    }
  }

  /** Kills a run under load once it has acknowledged so many records; returns what it found on disk. */
  private long runAndKill(LogFile logs, SinkProcess sink, long enough) throws Exception {
    long first = logs.next();
    logs.write(1);
    Configuration configuration = configuration(logs, sink);
    try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
      host.await("the first flush", () -> metric(configuration, "output_client_logs_total") >= 1);
      if (runs.size() % RUNS_OF_A_BACKLOG == 0) {
        host.await("an empty queue", () -> metric(configuration, "buffered_logs") == 0);
      }
      long startNs = System.nanoTime();
      Load load = Load.start(logs, RECORDS_A_SECOND);
      try {
        long[] acknowledged = new long[1];
        host.await(
            "the flushes",
            () ->
                (acknowledged[0] = metric(configuration, "output_client_logs_total")) >= enough);
        long recovered = metric(configuration, "recovered_logs_total");
        host.killHard();
        // Tail reads in order and one thread flushes: the first so many records are acknowledged.
        runs.add(new Run(first, acknowledged[0], System.nanoTime() - startNs));
        return recovered;
      } finally {
        load.stop();
      }
    }
  }

  /** What a metric says, or -1 where it cannot be asked. */
  private static long metric(Configuration configuration, String name)
      throws InterruptedException {
    double sum = Scrape.sum(configuration.metricsPort(), "fluentbit_gardener_" + name);
    return Double.isNaN(sum) ? -1 : (long) sum;
  }

  private Configuration configuration(LogFile logs, SinkProcess sink) {
    return new Configuration(logs.path(), folder.resolve("queue"))
        .to(sink.port())
        .service("Flush", "0.05");
  }
}
