package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.intake.FlushResult;
import cloud.gardener.logging.kubernetes.ClusterSource;
import cloud.gardener.logging.metrics.ErrorType;
import cloud.gardener.logging.sink.OtlpSink;
import cloud.gardener.logging.sink.SinkBehaviour;
import cloud.gardener.logging.sink.SinkReply;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each type of error that docs/metrics.md names is counted when it happens. */
class ErrorTypesTest {
  @TempDir Path folder;

  private RoutedOutput output;

  @AfterEach
  void close() {
    if (output != null) {
      output.close();
    }
  }

  @ParameterizedTest
  @EnumSource(ErrorType.class)
  void shouldCountEachTypeOfError(ErrorType type) throws Exception {
    switch (type) {
      case INIT -> refuseAnOutput();
      case FLUSH -> failOnAChunk();
      case ENQUEUE -> blockTheQueuesFolder();
      case DEQUEUE -> damageTheQueue();
      case IMPORT -> leaveAFileOfThePluginInGo();
      case SEND -> refuseRequests();
      case CAN_NOT_EXTRACT_SHOOT -> addAClusterWithoutShoot();
      case WATCH -> stopTheApiServer();
      default -> throw new AssertionError("nothing here counts " + type);
    }
    RoutedOutput.await(type.label() + " is counted", () -> errors(type) > 0);
  }

  @Test
  void shouldCountWhatWasRefusedWhileNoOtherOutputLived() throws Exception {
    Output.countRefused();
    Output.countRefused();

    open("SeedType", "stdout");

    assertEquals(2, errors(ErrorType.INIT));
  }

  @Test
  void shouldCountAChunkThatAFullQueueDoesNotTake() throws Exception {
    open("SeedType", "otlp_grpc", "Endpoint", "127.0.0.1:1", "DQueMaxBytes", "1000");
    output.flush("", 3);

    assertEquals(FlushResult.RETRY, output.flush(chunk(50)));

    assertEquals(1, errors(ErrorType.ENQUEUE));
  }

  @Test
  void shouldCountAChunkThatAFullQueueDrops() throws Exception {
    open(
        "SeedType", "otlp_grpc",
        "Endpoint", "127.0.0.1:1",
        "DQueMaxBytes", "1000",
        "DQueFullPolicy", "drop_newest");
    output.flush("", 3);

    assertEquals(FlushResult.OK, output.flush(chunk(50)));

    assertEquals(1, errors(ErrorType.ENQUEUE));
  }

  @Test
  void shouldCountNoErrorForIntendedDrops() throws Exception {
    open("SeedType", "noop");
    output.flush("", 3);
    output.flush("shoot--a--b", 3);

    for (ErrorType type : ErrorType.values()) {
      assertEquals(0, errors(type), type.label());
    }
  }

  private void refuseAnOutput() throws Exception {
    open("SeedType", "stdout");
    assertThrows(Exception.class, () -> Output.open(output.config, Flocks.FREE, new ShootSource()));
    Output.countRefused(); // As the bridge does.
  }

  private void failOnAChunk() throws Exception {
    open("SeedType", "stdout");
    assertEquals(FlushResult.RETRY, output.flush(chunk(1), null));
  }

  private void blockTheQueuesFolder() throws Exception {
    open("SeedType", "otlp_grpc", "Endpoint", "127.0.0.1:1");
    Files.writeString(queue(), "");
    assertEquals(FlushResult.RETRY, output.flush(chunk(1)));
  }

  private Path queue() {
    return folder.resolve("test").resolve("seed");
  }

  private void damageTheQueue() throws Exception {
    open("SeedType", "otlp_grpc", "Endpoint", "127.0.0.1:1", "ShutdownGrace", "0s");
    output.flush("", 3);
    output.stop();
    try (Stream<Path> files = Files.list(queue())) {
      for (Path file : files.toList()) {
        Files.write(file, new byte[(int) Files.size(file)], StandardOpenOption.WRITE);
      }
    }
    output.open();
  }

  private void leaveAFileOfThePluginInGo() throws Exception {
    Path left = Files.createDirectories(folder.resolve("test").resolve("otlp-grpc"));
    Files.write(left.resolve("0000000000001.dque"), new byte[] {1, 2, 3});
    open("SeedType", "otlp_grpc", "Endpoint", "127.0.0.1:1");
  }

  private void refuseRequests() throws Exception {
    OtlpSink sink = OtlpSink.start();
    sink.behave(
        SinkBehaviour.always(new SinkReply.Fail(Status.INVALID_ARGUMENT, new Metadata())));
    open(
        "SeedType", "otlp_grpc",
        "Endpoint", sink.address(),
        "UseSDKBatchProcessor", "true",
        "SDKBatchExportInterval", "20ms");
    output.flush("", 3);
    RoutedOutput.await("the records are given up", () -> output.dropped("not_delivered") == 3);
    sink.close();
  }

  private void addAClusterWithoutShoot() throws Exception {
    try (ClusterSource clusters = new ClusterSource(folder)) {
      clusters.withoutShoot("shoot--a--b");
      watch(clusters);
      RoutedOutput.await("it is counted", () -> errors(ErrorType.CAN_NOT_EXTRACT_SHOOT) > 0);
    }
  }

  private void stopTheApiServer() throws Exception {
    ClusterSource clusters = new ClusterSource(folder);
    clusters.close();
    watch(clusters);
    RoutedOutput.await("it is counted", () -> errors(ErrorType.WATCH) > 0);
  }

  private void watch(ClusterSource clusters) throws Exception {
    open("SeedType", "stdout");
    output.stop();
    output.open(
        (config, metrics, listener) ->
            ShootWatch.of(clusters.start(config, metrics, listener)));
  }

  private void open(String... namesAndValues) throws Exception {
    output = new RoutedOutput(folder, namesAndValues);
    output.shoots.publish();
  }

  private long errors(ErrorType type) {
    return output.metric("fluentbit_gardener_errors_total", "type=\"" + type.label() + "\"");
  }

  private static ByteBuffer chunk(int records) {
    MsgPack chunk = new MsgPack();
    for (int i = 0; i < records; i++) {
      chunk.event(1, i, Map.of(), Map.of("log", "seq=" + i + "x".repeat(100)));
    }
    return chunk.chunk();
  }
}
