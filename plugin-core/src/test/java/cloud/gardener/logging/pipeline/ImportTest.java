package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.intake.FlushResult;
import cloud.gardener.logging.migration.GoQueueFiles;
import cloud.gardener.logging.sink.OtlpSink;
import cloud.gardener.logging.sink.SinkBehaviour;
import io.grpc.Status;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the plugin in Go left arrives at the targets, before new records, once. */
class ImportTest extends SeedAndShoot {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Path ofSeed() {
    return folder.resolve("test/otlp-grpc");
  }

  private Path ofController() {
    return folder.resolve("test-controller/otlp-http");
  }

  private Path ofShoot() {
    return folder.resolve(namespace).resolve("otlp-grpc");
  }

  private static List<String> bodies(OtlpSink sink) {
    return sink.captured().stream()
        .flatMap(request -> request.getResourceLogsList().stream())
        .flatMap(resource -> resource.getScopeLogsList().stream())
        .flatMap(scope -> scope.getLogRecordsList().stream())
        .map(LogRecord::getBody)
        .map(body -> body.getStringValue())
        .toList();
  }

  private static List<String> numbers(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  private static void write(Path folder, int file, List<String> bodies) throws Exception {
    GoQueueFiles content = new GoQueueFiles();
    bodies.forEach(content::add);
    content.write(folder, file);
  }

  @Test
  void shouldSendTheSeedsOldRecordsBeforeNewOnes() throws Exception {
    GoQueueFiles.copyReal(ofSeed());
    List<String> many = numbers("old ", 4_000);
    for (int file = 0; file < 8; file++) {
      write(ofController(), file, many.subList(500 * file, 500 * file + 500));
    }
    open("HoldUntilSynced", "1m", "DynamicHostPath", "");
    MsgPack chunk = new MsgPack();
    RoutedOutput.add(chunk, "garden", 3);
    // A chunk is held once. Fluent Bit waits seconds before it flushes again.
    assertEquals(FlushResult.RETRY, output.flush(chunk.chunk()));
    RoutedOutput.await(
        "the old records are imported",
        () -> output.metric("fluentbit_gardener_recovered_logs_total") == 4_010);
    assertEquals(FlushResult.OK, output.flush(chunk.chunk()));
    assertTrue(seed.awaitRecords(10 + 4_000 + 3, PATIENCE));
    output.awaitNothingBuffered();

    List<String> arrived = bodies(seed);
    assertEquals(numbers("seq=", 3), arrived.subList(4_010, 4_013));
    assertEquals("record 0", arrived.get(0));
    assertEquals(many, arrived.subList(10, 4_010));
    assertEquals(0, output.balance("garden").unaccounted());
    assertTrue(GoQueueFiles.names(ofSeed()).contains("0000000000003.dque.imported"));
  }

  @Test
  void shouldHoldAChunkOnceWhileItImports() throws Exception {
    for (int file = 1; file <= 40; file++) {
      write(ofSeed(), file, numbers("old ", 500));
    }
    open("HoldUntilSynced", "1m", "DynamicHostPath", "");
    MsgPack chunk = new MsgPack();
    RoutedOutput.add(chunk, "garden", 1);
    assertEquals(FlushResult.RETRY, output.flush(chunk.chunk()));
    assertEquals(FlushResult.OK, output.flush(chunk.chunk()));
    assertTrue(seed.awaitRecords(20_001, PATIENCE));
  }

  @Test
  void shouldImportOnceOverRestarts() throws Exception {
    GoQueueFiles.copyReal(ofSeed());
    open();
    assertTrue(seed.awaitRecords(10, PATIENCE));
    output.stop();
    output.open();
    output.flush("garden", 1);
    assertTrue(seed.awaitRecords(11, PATIENCE));
    assertEquals(11, bodies(seed).size());
  }

  @Test
  void shouldKeepAShootsRecordsUntilItsClusterIsKnown() throws Exception {
    write(ofShoot(), 1, List.of("old 0", "old 1"));
    open();
    output.flush("garden", 1);
    output.awaitNothingBuffered();
    assertEquals(List.of("0000000000001.dque"), GoQueueFiles.names(ofShoot()));

    output.shoots.with(namespace, ShootState.READY).publish();
    assertTrue(shoot.awaitRecords(2, PATIENCE));
    output.flush(namespace, 1);
    assertTrue(shoot.awaitRecords(3, PATIENCE));

    assertEquals(List.of("old 0", "old 1", "seq=0"), bodies(shoot));
    output.shoots.publish();
    output.stop();
    output.open();
    output.shoots.publish();
    output.flush(namespace, 1);
    assertTrue(shoot.awaitRecords(4, PATIENCE));
  }

  @Test
  void shouldWaitForRoomInTheQueueAndLoseNothing() throws Exception {
    for (int file = 0; file < 40; file++) {
      write(ofSeed(), file + 1, numbers("old " + file + " " + "x".repeat(300), 50));
    }
    seed.behave(SinkBehaviour.fail(Status.UNAVAILABLE));
    open("DQueMaxBytes", "256K", "DQueFullPolicy", "drop_oldest");
    TimeUnit.SECONDS.sleep(2);
    assertTrue(Files.exists(ofSeed().resolve("0000000000040.dque")));

    seed.behave(SinkBehaviour.accept());
    assertTrue(seed.awaitRecords(2_000, PATIENCE));
    output.awaitNothingBuffered();
    assertEquals(2_000, bodies(seed).stream().distinct().count());
    assertEquals(0, output.metric("fluentbit_gardener_dropped_logs_total"));
  }

  @Test
  void shouldDoubleNothingWhenItStopsInTheMiddle() throws Exception {
    for (int file = 0; file < 40; file++) {
      write(ofSeed(), file + 1, numbers("old " + file + " " + "x".repeat(300), 50));
    }
    open("DQueMaxBytes", "256K");
    for (int i = 0; i < 5; i++) {
      output.stop();
      output.open();
    }
    assertTrue(seed.awaitRecords(2_000, PATIENCE));
    output.awaitNothingBuffered();
    assertEquals(2_000, bodies(seed).size());
    assertEquals(2_000, bodies(seed).stream().distinct().count());
  }

  @Test
  void shouldCountAndLeaveWhatItCannotRead() throws Exception {
    Files.createDirectories(ofSeed());
    Path damaged = Files.write(ofSeed().resolve("0000000000001.dque"), new byte[] {1, 2, 3});
    open();
    RoutedOutput.await(
        "the file is counted",
        () -> output.metric("fluentbit_gardener_errors_total", "Import") == 1);
    assertTrue(Files.exists(damaged));
  }

  @Test
  void shouldLeaveWhatItHasNoQueueFor() throws Exception {
    GoQueueFiles.copyReal(ofSeed());
    open("UseSDKBatchProcessor", "true");
    output.flush("garden", 1);
    assertTrue(seed.awaitRecords(1, PATIENCE));
    assertEquals(4, GoQueueFiles.names(ofSeed()).size());
  }
}
