package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the host under load, again and again, and starts it on the same queue. Whatever a flush had
 * answered OK for must arrive. {@code -Dfaults.kills=200} for the long form, {@code -Dfaults.seed} to
 * repeat one.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("faults.kills", 20);
  private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
  private static final int RECORDS_A_RUN = 30_000;

  /** What may be under way when the host dies, and is sent again: requests times records. */
  private static final int IN_FLIGHT = 10 * 256;

  @TempDir Path folder;

  @Test
  void shouldDeliverWhatWasAcknowledgedBeforeAKill() throws Exception {
    Random random = new Random(SEED);
    long recovered = 0;
    long next = 0;
    try (SinkProcess sink = SinkProcess.start()) {
      sink.mode("slow 5"); // So that something is always under way.
      for (int kill = 0; kill < KILLS; kill++) {
        LogFile logs = new LogFile(folder.resolve("run-" + kill + ".log"), next);
        logs.write(RECORDS_A_RUN);
        next = logs.next();
        Configuration configuration = configuration(logs, sink);
        try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
          long enough = 1 + random.nextInt(RECORDS_A_RUN / 2);
          long[] acknowledged = new long[1];
          host.await("the flushes", () -> (acknowledged[0] = queued(configuration)) >= enough);
          recovered += recovered(configuration);
          host.killHard();
          acknowledgedOf(kill, logs, acknowledged[0]);
        }
      }
      sink.mode("accept");
      LogFile last = new LogFile(folder.resolve("last.log"), next);
      last.write(1);
      Configuration configuration = configuration(last, sink);
      try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
        host.await("the first flush", () -> queued(configuration) >= 1);
        host.await(
            "an empty queue",
            () ->
                Scrape.sum(configuration.metricsPort(), "fluentbit_gardener_buffered_logs") == 0);
      }
      checkEachRun(sink);
      assertTrue(recovered > 0, "no run found anything of the run before, seed " + SEED);
      long doubled = sink.tally(0, last.next() - 1).doubled();
      assertTrue(doubled <= (long) KILLS * IN_FLIGHT, doubled + " doubled, seed " + SEED);
      System.out.printf(
          "kill -9: %d kills, acknowledged %d, lost 0, doubled %d, found again %d%n",
          KILLS, acknowledgedRecords, doubled, recovered);
    }
  }

  private final long[] firsts = new long[KILLS];
  private final long[] lasts = new long[KILLS];
  private long acknowledgedRecords;

  /** Tail reads in order and one thread flushes: the first so many records of a run are acknowledged. */
  private void acknowledgedOf(int kill, LogFile logs, long records) {
    firsts[kill] = logs.next() - RECORDS_A_RUN;
    lasts[kill] = firsts[kill] + records - 1;
    acknowledgedRecords += records;
  }

  private void checkEachRun(SinkProcess sink) throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      long lost = sink.tally(firsts[kill], lasts[kill]).lost();
      assertEquals(0, lost, "lost after kill " + kill + ", seed " + SEED);
    }
  }

  private static long queued(Configuration configuration) throws InterruptedException {
    return (long)
        Scrape.sum(configuration.metricsPort(), "fluentbit_gardener_output_client_logs_total");
  }

  private static long recovered(Configuration configuration) throws InterruptedException {
    return (long)
        Scrape.sum(configuration.metricsPort(), "fluentbit_gardener_recovered_logs_total");
  }

  private Configuration configuration(LogFile logs, SinkProcess sink) {
    return new Configuration(logs.path(), folder.resolve("queue"))
        .to(sink.port())
        .service("Flush", "0.05");
  }
}
