package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.intake.FlushResult;
import cloud.gardener.logging.sink.PathSink;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One shoot's dead backend is nobody else's trouble: ninety shoots are served beside ten others whose backends are dead
 * in ten ways, and a seed whose name does not resolve.
 *
 * <p>Every timeout and every pause is an hour here. Who waits for a dead backend waits for that long, and is found by
 * limits that no busy machine reaches. Whether the ninety are served at exactly the same pace is {@link PaceTest}'s, by a
 * clock that the test moves.
 *
 * <p>A namespace is a port here, so each has a server of its own.
 */
@Tag("faults")
class IsolationTest {
  private static final int ALIVE = 90;
  private static final int RECORDS = 10;
  private static final int ROUNDS = 20;

  /** Less than what is to be found, and more than all rounds take. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final String ERRORS = "dque_export_errors_total";

  private static final long FAILING =
      Arrays.stream(DeadServer.Way.values()).filter(DeadServer.Way::endsAttempts).count();

  @TempDir Path folder;

  private final List<PathSink> backends = new ArrayList<>();
  private final List<DeadServer> dead = new ArrayList<>();
  private RoutedOutput output;

  @BeforeEach
  void start() throws Exception {
    for (int i = 0; i < ALIVE; i++) {
      backends.add(PathSink.start());
    }
    for (DeadServer.Way way : DeadServer.Way.values()) {
      dead.add(new DeadServer(way));
    }
    output =
        new RoutedOutput(
            folder,
            "SeedType", "otlp_http",
            "Endpoint", "http://backend.invalid:4318",
            "ShootType", "otlp_http",
            "HTTPVersion", "1.1",
            "ShutdownGrace", "0",
            "Timeout", "1h",
            "DQueBatchProcessorExportTimeout", "1h",
            "RetryInitialInterval", "1h",
            "RetryMaxInterval", "1h",
            "DQueBatchProcessorMaxBatchSize", Integer.toString(RECORDS),
            "DynamicHostPrefix", "http://127.0.0.1:",
            "DynamicHostSuffix", "/all");
    backends.forEach(backend -> output.shoots.with(namespace(backend.port()), ShootState.READY));
    // In this state the seed gets the records, too.
    dead.forEach(server -> output.shoots.with(namespace(server.port()), ShootState.CREATION));
    output.shoots.publish();
  }

  @AfterEach
  void stop() {
    if (output != null) {
      output.close();
    }
    backends.forEach(PathSink::close);
    dead.forEach(DeadServer::close);
  }

  @Test
  void shouldServeNinetyBesideTenThatAreDead() {
    List<ByteBuffer> lost = dead.stream().map(server -> chunk(server.port())).toList();
    List<ByteBuffer> served = backends.stream().map(backend -> chunk(backend.port())).toList();

    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          for (int round = 1; round <= ROUNDS; round++) {
            lost.forEach(this::flush);
            served.forEach(this::flush);
            long expected = (long) round * RECORDS;
            RoutedOutput.await(
                "round " + round, () -> backends.stream().allMatch(backend -> backend.records() == expected));
          }
          RoutedOutput.await("those that answer have failed", () -> output.metric(ERRORS) >= FAILING);
        });

    // Each dead one holds what came, and the seed what came for all of them.
    long each = (long) ROUNDS * RECORDS;
    for (DeadServer server : dead) {
      assertEquals(each, output.balance(namespace(server.port())).buffered());
    }
    assertEquals(dead.size() * each, output.balance("garden").buffered());
    // One attempt each, and not one more for the others' records: a storm of attempts would cost them, too.
    assertTrue(output.metric(ERRORS) <= dead.size() + 1, () -> "failed attempts: " + output.metric(ERRORS));
  }

  private void flush(ByteBuffer chunk) {
    assertEquals(FlushResult.OK, output.flush(chunk));
  }

  private static String namespace(int port) {
    return Integer.toString(port);
  }

  private static ByteBuffer chunk(int port) {
    MsgPack chunk = new MsgPack();
    RoutedOutput.add(chunk, namespace(port), RECORDS);
    return chunk.chunk();
  }
}
