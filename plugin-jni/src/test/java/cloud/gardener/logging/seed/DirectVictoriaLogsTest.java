package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.e2e.HostProcess;
import cloud.gardener.logging.e2e.Scrape;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** VictoriaLogs without a Collector in between, with tenants by header, restarted while it is fed. */
@Tag("real")
class DirectVictoriaLogsTest {
  private static final int SHOOTS = 4;
  private static final int RECORDS_A_SECOND_AND_LOG = 500;
  private static final int RESTARTS = 3;

  @TempDir Path folder;

  @BeforeAll
  static void needPrograms() {
    Programs.assume("DirectVictoriaLogsTest", VictoriaLogs.PROGRAM);
  }

  @Test
  void shouldBringEachTenantItsOwnThroughRestarts() throws Exception {
    try (VictoriaLogs victoria = VictoriaLogs.start(folder.resolve("victoria"));
        DirectShoots shoots = new DirectShoots(folder, victoria, SHOOTS);
        HostProcess host =
            HostProcess.start(
                folder, shoots.configuration().toString(), shoots.environment())) {
      int port = shoots.configuration().metricsPort();
      shoots.awaitTargets(host);
      shoots.load(RECORDS_A_SECOND_AND_LOG);
      for (int restart = 0; restart < RESTARTS; restart++) {
        awaitMore(host, port);
        victoria.restart();
      }
      awaitMore(host, port);
      shoots.stop();
      host.await("all records", () -> shoots.allArrived(victoria));
      host.await("empty queues", () -> Scrape.sum(port, "fluentbit_gardener_buffered_logs") == 0);
      long doubled = shoots.doubled(victoria);
      System.out.printf(
          "backends | VictoriaLogs directly, tenants by header, restarted %d times | sent %d | arrived %d | lost"
              + " 0 | doubled %d%n",
          RESTARTS, shoots.written(), shoots.written(), doubled);
      assertEquals(0, shoots.strays(victoria), "records of a shoot that are not with it");
      assertEquals(0, Scrape.sum(port, "fluentbit_gardener_dropped_logs_total"));
      assertTrue(
          doubled <= CountedRun.doubledBy(RESTARTS * shoots.targets()), doubled + " doubled");
    }
  }

  private static void awaitMore(HostProcess host, int port) throws Exception {
    double before = Scrape.await(host, port, "fluentbit_gardener_exported_client_logs_total");
    host.await(
        "more records",
        () ->
            Scrape.sum(port, "fluentbit_gardener_exported_client_logs_total")
                > before + SHOOTS * RECORDS_A_SECOND_AND_LOG);
  }
}
