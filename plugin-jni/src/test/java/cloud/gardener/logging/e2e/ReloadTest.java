package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hot reloads under load. {@code -Dfaults.reloads=100} for the long form.
 */
class ReloadTest {
  private static final int RELOADS = Integer.getInteger("faults.reloads", 10);
  private static final int RELOADS_OF_A_DOWN_BACKEND = Math.max(3, RELOADS / 10);
  private static final int RECORDS_A_RELOAD = 2_000;

  /** Threads and files that come and go by themselves: those of the host, and idle ones of pools. */
  private static final int LEEWAY = 8;

  @TempDir Path folder;

  @BeforeAll
  static void leaveOutAHostThatLosesLines() throws Exception {
    Distribution.assumeHostIsNot(
        "ReloadTest", "Fluent Bit v4.", "its tail loses a few lines in a reload with any output");
  }

  @Test
  void shouldLoseNothingAndGrowNothing() throws Exception {
    LogFile logs = new LogFile(folder.resolve("pod.log"), 0);
    logs.write(RECORDS_A_RELOAD);
    try (SinkProcess sink = SinkProcess.start()) {
      try (HostProcess host = HostProcess.start(folder, configuration(logs, sink).toString())) {
        host.await("the first records", () -> sink.records() > 0);
        long threads = 0;
        long files = 0;
        for (int reload = 0; reload < RELOADS; reload++) {
          if (reload == 2) {
            threads = count(host, "task");
            files = count(host, "fd");
          }
          reload(host, logs);
        }
        host.await("all records", () -> sink.tally(0, logs.next() - 1).lost() == 0);
        assertEquals(0, sink.tally(0, logs.next() - 1).doubled());
        assertTrue(count(host, "task") <= threads + LEEWAY, "threads grew from " + threads);
        assertTrue(count(host, "fd") <= files + LEEWAY, "files grew from " + files);
        assertTrue(host.isAlive());
        System.out.printf(
            "reload: %d reloads, sent %d, lost 0, doubled 0, threads %d then %d, files %d then %d%n",
            RELOADS, logs.next(), threads, count(host, "task"), files, count(host, "fd"));
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
        host.awaitLine(line -> line.contains("the backend takes no records"));
        for (int reload = 0; reload < RELOADS_OF_A_DOWN_BACKEND; reload++) {
          reload(host, logs);
        }
        sink.mode("accept");
        host.await("all records", () -> sink.tally(0, logs.next() - 1).lost() == 0);
        assertEquals(0, sink.tally(0, logs.next() - 1).doubled());
      }
    }
  }

  /** Reloads under load; asks again where the host was not done with the reload before. */
  private static void reload(HostProcess host, LogFile logs) throws Exception {
    long before = lines(host, "sends to");
    long[] refused = {lines(host, "reloading in progress")};
    host.signal("HUP");
    logs.write(RECORDS_A_RELOAD);
    host.await(
        "the reload",
        () -> {
          if (lines(host, "reloading in progress") > refused[0]) {
            refused[0]++;
            host.signal("HUP");
          }
          return lines(host, "sends to") > before;
        });
  }

  private Configuration configuration(LogFile logs, SinkProcess sink) {
    return new Configuration(logs.path(), folder.resolve("queue"))
        .to(sink.port())
        .input("DB", folder.resolve("tail.db").toString());
  }

  private static long lines(HostProcess host, String text) {
    return host.lines().stream().filter(line -> line.contains(text)).count();
  }

  private static long count(HostProcess host, String what) throws Exception {
    try (Stream<Path> entries = Files.list(Path.of("/proc/" + host.pid(), what))) {
      return entries.count();
    }
  }
}
