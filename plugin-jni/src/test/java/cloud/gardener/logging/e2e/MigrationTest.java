package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.migration.GoQueueFiles;
import cloud.gardener.logging.sink.PathSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin takes the place of the one in Go, which left records in its queues. */
class MigrationTest {
  private static final int OF_A_FILE = 500;
  private static final int FILES = 8;
  private static final int OLD = OF_A_FILE * FILES;
  private static final int NEW = 1_000;

  @TempDir Path folder;

  private LogFile logs;
  private Configuration configuration;
  private Path left;

  @BeforeEach
  void configure() {
    logs = new LogFile(folder.resolve("pod.log"), OLD);
    left = folder.resolve("queue/dque/otlp-grpc");
    configuration =
        new Configuration(logs.path(), folder.resolve("queue"))
            .output("DQueBatchProcessorExportBufferSize", "1")
            .input("DB", folder.resolve("tail.db").toString());
  }

  private static void leave(Path queue, int first, int files) throws IOException {
    for (int file = 0; file < files; file++) {
      GoQueueFiles content = new GoQueueFiles();
      for (int i = 0; i < OF_A_FILE; i++) {
        content.add("seq=" + (first + OF_A_FILE * file + i));
      }
      content.write(queue, file + 1);
    }
  }

  private static long waiting(Path queue) throws IOException {
    try (Stream<Path> files = Files.list(queue)) {
      return files.filter(file -> file.toString().endsWith(".dque")).count();
    }
  }

  private HostProcess start(SinkProcess sink) throws IOException {
    return HostProcess.start(folder, configuration.to(sink.port()).toString());
  }

  @Test
  void shouldDeliverWhatWasLeftBeforeWhatIsNew() throws Exception {
    leave(left, 0, FILES);
    logs.write(NEW);
    try (SinkProcess sink = SinkProcess.start()) {
      try (HostProcess host = start(sink)) {
        host.await("all records", () -> sink.records() >= OLD + NEW);
        assertEquals(new SinkProcess.Tally(OLD + NEW, 0, 0), sink.tally(0, OLD + NEW - 1));
        assertEquals(0, sink.outOfOrder(0, OLD + NEW - 1));
        int port = configuration.metricsPort();
        assertEquals(OLD, Scrape.sum(port, "fluentbit_gardener_recovered_logs_total"));
        assertEquals(NEW, Scrape.sum(port, "fluentbit_gardener_incoming_logs_total"));
        assertEquals(0, host.terminate());
      }
      assertEquals(0, waiting(left));
      try (HostProcess host = start(sink)) {
        logs.write(1);
        host.await("the last record", () -> sink.records() > OLD + NEW);
        assertEquals(new SinkProcess.Tally(OLD + NEW + 1, 0, 0), sink.tally(0, OLD + NEW));
      }
    }
  }

  @Test
  void shouldDeliverTheFilesOfTheRealPlugin() throws Exception {
    GoQueueFiles.copyReal(left);
    GoQueueFiles.copyReal(folder.resolve("queue/dque-controller/otlp-http"));
    try (SinkProcess sink = SinkProcess.start();
        HostProcess host = start(sink)) {
      host.await("all records", () -> sink.records() >= 20);
      host.awaitLine(line -> line.contains("imported 10 records from 3 files of the plugin in Go"));
      assertEquals(0, waiting(left));
      assertEquals(20, sink.records());
    }
  }

  @Test
  void shouldLoseNothingWhenItIsKilledInTheMiddle() throws Exception {
    leave(left, 0, FILES);
    configuration.output("DQueMaxBytes", "128K");
    try (SinkProcess sink = SinkProcess.start()) {
      sink.mode("refuse");
      long before;
      try (HostProcess host = start(sink)) {
        host.awaitLine(line -> line.contains("the import from the plugin in Go waits"));
        before = waiting(left);
        host.killHard();
      }
      assertTrue(before > 0 && before < FILES, before + " files wait");
      sink.mode("accept");
      try (HostProcess host = start(sink)) {
        host.await("all records", () -> sink.tally(0, OLD - 1).distinct() == OLD);
        host.await("all files", () -> waiting(left) == 0);
        assertEquals(0, sink.tally(0, OLD - 1).lost());
        assertTrue(sink.tally(0, OLD - 1).doubled() <= OF_A_FILE, () -> "more than a file is doubled");
      }
    }
  }

  @Test
  void shouldWaitWhileAPluginInGoHoldsItsLock() throws Exception {
    leave(left, 0, 1);
    Process holder =
        new ProcessBuilder("flock", left.resolve("lock.lock").toString(), "cat").start();
    try (SinkProcess sink = SinkProcess.start();
        HostProcess host = start(sink)) {
      host.awaitLine(line -> line.contains("a plugin in Go uses the queue in " + left));
      logs.write(NEW);
      host.await("new records", () -> sink.records() >= NEW);
      assertEquals(1, waiting(left));
      assertEquals(NEW, sink.records());

      holder.getOutputStream().close(); // Ends cat.
      host.await("old records", () -> sink.records() >= OF_A_FILE + NEW);
    } finally {
      holder.destroy();
    }
  }

  @Test
  void shouldDeliverToAShootWhenItsClusterIsKnown() throws Exception {
    String shoot = Shoots.name(0);
    String gone = Shoots.name(1);
    Path ofShoot = folder.resolve("queue").resolve(shoot).resolve("otlp-grpc");
    Path ofGone = folder.resolve("queue").resolve(gone).resolve("otlp-grpc");
    leave(ofShoot, 0, 2);
    leave(ofGone, 0, 1);
    try (Shoots shoots = new Shoots(folder, PathSink.startCounting())) {
      shoots.clusters.ready(shoot);
      try (HostProcess host = shoots.start()) {
        host.await("its records", () -> shoots.backends.records(shoot) == 2 * OF_A_FILE);
        host.await("its files", () -> waiting(ofShoot) == 0);
        assertEquals(List.of("0000000000001.dque"), GoQueueFiles.names(ofGone));
        assertEquals(0, shoots.backends.records(Shoots.SEED));
        assertEquals(0, host.terminate());
      }
    }
  }
}
