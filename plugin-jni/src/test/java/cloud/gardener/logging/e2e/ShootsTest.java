package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.sink.PathSink;
import cloud.gardener.logging.sink.SeqTally;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the log files of many shoots' pods to each shoot's backend, by the Clusters of an API server. */
class ShootsTest {
  private static final int CLUSTERS = 100;
  private static final int RECORDS = 1_000;
  private static final int RELOADS = 5;
  private static final int LINES = 50;

  @TempDir Path folder;

  private Shoots shoots;

  @BeforeEach
  void open() throws Exception {
    shoots = new Shoots(folder, PathSink.startCounting());
  }

  @AfterEach
  void close() {
    shoots.close();
  }

  @Test
  void shouldBringAHundredClustersTheirThousandRecordsEach() throws Exception {
    List<LogFile> logs = new ArrayList<>();
    for (int i = 0; i < CLUSTERS; i++) {
      shoots.clusters.ready(Shoots.name(i));
      logs.add(shoots.log(Shoots.name(i)));
    }
    logs.add(shoots.log("garden"));
    int port = shoots.metricsPort();
    try (HostProcess host = shoots.start()) {
      host.await(
          "all targets",
          () -> Scrape.sum(port, "fluentbit_gardener_clients_total") == CLUSTERS + 1);
      logs.forEach(log -> log.write(RECORDS));
      host.await("all records", shoots::allArrived);
      host.await(
          "empty queues", () -> Scrape.sum(port, "fluentbit_gardener_buffered_logs") == 0);

      for (int i = 0; i < CLUSTERS; i++) {
        assertHasExactly(Shoots.name(i), i);
      }
      assertHasExactly(Shoots.SEED, CLUSTERS);
      int all = (CLUSTERS + 1) * RECORDS;
      assertEquals(all, Scrape.sum(port, "fluentbit_gardener_incoming_logs_total"));
      assertEquals(all, Scrape.sum(port, "fluentbit_gardener_exported_client_logs_total"));
      assertEquals(0, Scrape.sum(port, "fluentbit_gardener_dropped_logs_total"));
      assertEquals(0, host.terminate());
    }
  }

  private void assertHasExactly(String backend, int log) {
    int first = log * Shoots.NUMBERS;
    SeqTally.Summary came = shoots.backends.tally(backend).summary(first, first + RECORDS - 1);
    assertEquals(RECORDS, shoots.backends.records(backend), backend);
    assertEquals(RECORDS, came.distinct(), backend);
  }

  /**
   * States change between those in which a shoot gets its records, so what comes neither to it nor to the
   * seed is lost. A shoot that is deleted has stopped to log; its records wait, as its backend took none.
   */
  @Test
  void shouldLoseNothingWhenReloadedWhileClustersChange() throws Exception {
    List<LogFile> staying = new ArrayList<>();
    int shoot = 0;
    try (HostProcess host = shoots.start()) {
      for (int reload = 0; reload < RELOADS; reload++) {
        String leaving = Shoots.name(shoot);
        shoots.backends.refuse(leaving);
        begin(host, shoot++).write(LINES);
        host.await("its records wait", () -> waiting(leaving) == LINES);
        staying.add(begin(host, shoot++));
        staying.forEach(log -> log.write(LINES));

        shoots.clusters.migrating(Shoots.name(shoot - 1));
        shoots.clusters.delete(leaving);
        long before = starts(host);
        host.signal("HUP");
        staying.add(begin(host, shoot++));
        staying.forEach(log -> log.write(LINES));
        shoots.clusters.ready(Shoots.name(shoot - 2));
        shoots.clusters.creating(Shoots.name(shoot - 1));
        host.await("the reload", () -> starts(host) > before);
        staying.forEach(log -> log.write(LINES));
        shoots.backends.accept(leaving);
      }
      host.await("all records", shoots::allArrived);

      assertTrue(host.isAlive());
      for (int i = 0; i < shoot; i++) {
        SeqTally.Summary came = shoots.backends.tally(Shoots.name(i)).summary();
        assertTrue(came.distinct() >= LINES, Shoots.name(i) + ": " + came);
        assertEquals(0, came.doubled(), Shoots.name(i));
      }
      assertEquals(0, shoots.backends.tally(Shoots.SEED).summary().doubled());
    }
  }

  /** A new shoot and its log file, once it has a target. */
  private LogFile begin(HostProcess host, int shoot) throws Exception {
    shoots.clusters.ready(Shoots.name(shoot));
    host.awaitLine(line -> line.contains("shoot." + Shoots.name(shoot) + ": sends to"));
    return shoots.log(Shoots.name(shoot));
  }

  private double waiting(String shoot) throws InterruptedException {
    return Scrape.sum(
        shoots.metricsPort(), "fluentbit_gardener_buffered_logs", "/" + shoot + "\"");
  }

  private static long starts(HostProcess host) {
    return host.lines().stream().filter(line -> line.contains(": in force: ")).count();
  }
}
