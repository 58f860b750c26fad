package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.sink.PathSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hot reloads under load. {@code -Dfaults.reloads=100} for the long form.
 */
@Tag("faults")
class ReloadTest {
  private static final int RELOADS = Integer.getInteger("faults.reloads", 25);
  private static final int RELOADS_OF_A_DOWN_BACKEND = Math.max(3, RELOADS / 10);

  /** The reload after which nothing may grow: code is loaded and connections are made until then. */
  private static final int SETTLED = 5;

  private static final int RECORDS_A_RELOAD = 5_000;

  /** Before the first reload: most of what the JVM compiles is compiled then, and its memory is not the reloads'. */
  private static final int FIRST_RECORDS = 20_000;

  private static final int SHOOTS = 20;

  /** So many that a file has numbers for 100 reloads. */
  private static final int RECORDS_A_SHOOT = 90;

  @TempDir Path folder;

  @BeforeAll
  static void leaveOutAHostThatLosesLines() throws Exception {
    Distribution.assumeHostIsNot(
        "ReloadTest", "Fluent Bit v4.", "its tail loses a few lines in a reload with any output");
  }

  @Test
  void shouldLoseNothingAndGrowNothing() throws Exception {
    LogFile logs = new LogFile(folder.resolve("pod.log"), 0);
    logs.write(FIRST_RECORDS);
    try (SinkProcess sink = SinkProcess.start();
        HostProcess host = HostProcess.start(folder, configuration(logs, sink).toString())) {
      Footprint footprint = new Footprint(host.pid());
      host.await("the first records", () -> sink.records() >= logs.next());
      footprint.read();
      for (int reload = 0; reload < RELOADS; reload++) {
        reload(host, () -> logs.write(RECORDS_A_RELOAD));
        host.await("all records", () -> sink.tally(0, logs.next() - 1).lost() == 0);
        footprint.read();
      }
      assertEquals(0, sink.tally(0, logs.next() - 1).doubled());
      assertTrue(host.isAlive());
      print("one target", logs.next(), footprint.assertNoGrowthSince(SETTLED));
    }
  }

  @Test
  void shouldGrowNothingWithShoots() throws Exception {
    try (Shoots shoots = new Shoots(folder, PathSink.startCounting())) {
      List<LogFile> logs = new ArrayList<>(List.of(shoots.log("garden")));
      for (int i = 0; i < SHOOTS; i++) {
        shoots.clusters.ready(Shoots.name(i));
        logs.add(shoots.log(Shoots.name(i)));
      }
      try (HostProcess host = shoots.start()) {
        Footprint footprint = new Footprint(host.pid());
        for (int starts = 1; starts <= RELOADS + 1; starts++) {
          int targets = starts * SHOOTS;
          host.await("all shoots' targets", () -> lines(host, "sends to") >= targets);
          logs.forEach(log -> log.write(RECORDS_A_SHOOT));
          host.await("all records", shoots::allArrived);
          footprint.read();
          if (starts <= RELOADS) {
            reload(host, () -> {});
          }
        }
        assertTrue(host.isAlive());
        int sent = (RELOADS + 1) * (SHOOTS + 1) * RECORDS_A_SHOOT;
        print(SHOOTS + " shoots", sent, footprint.assertNoGrowthSince(SETTLED));
      }
    }
  }

  @Test
  void shouldLoseNothingWhileTheBackendIsDown() throws Exception {
    LogFile logs = new LogFile(folder.resolve("pod.log"), 0);
    logs.write(RECORDS_A_RELOAD);
    try (SinkProcess sink = SinkProcess.start()) {
      sink.mode("refuse");
      try (HostProcess host = HostProcess.start(folder, configuration(logs, sink).toString())) {
        host.awaitLine(line -> line.contains("accepts no records"));
        for (int reload = 0; reload < RELOADS_OF_A_DOWN_BACKEND; reload++) {
          reload(host, () -> logs.write(RECORDS_A_RELOAD));
        }
        sink.mode("accept");
        host.await("all records", () -> sink.tally(0, logs.next() - 1).lost() == 0);
        assertEquals(0, sink.tally(0, logs.next() - 1).doubled());
      }
    }
  }

  /** Reloads while {@code load} is written; asks again where the host was not done with the reload before. */
  private static void reload(HostProcess host, Runnable load) throws Exception {
    long before = starts(host);
    long[] refused = {lines(host, "reloading in progress")};
    host.signal("HUP");
    load.run();
    host.await(
        "the reload",
        () -> {
          if (lines(host, "reloading in progress") > refused[0]) {
            refused[0]++;
            host.signal("HUP");
          }
          return starts(host) > before;
        });
  }

  private Configuration configuration(LogFile logs, SinkProcess sink) {
    return new Configuration(logs.path(), folder.resolve("queue"))
        .to(sink.port())
        .input("DB", folder.resolve("tail.db").toString());
  }

  private static void print(String what, long sent, String footprint) {
    System.out.printf(
        "reload: %d reloads, %s, sent %d, lost 0, doubled 0; after %d reloads %s%n",
        RELOADS, what, sent, SETTLED, footprint);
  }

  private static long starts(HostProcess host) {
    return lines(host, ": in force: ");
  }

  private static long lines(HostProcess host, String text) {
    return host.lines().stream().filter(line -> line.contains(text)).count();
  }
}
