package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.intake.FlushResult;
import cloud.gardener.logging.sink.OtlpSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets come and go with their shoots, over restarts too. */
class ShootLifeTest {
  private static final String CALLS = "output_plugin_rpc_client_call_duration_seconds_count";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  private OtlpSink shoot;
  private RoutedOutput output;
  private String namespace;

  @BeforeEach
  void start() throws Exception {
    shoot = OtlpSink.start();
    namespace = Integer.toString(shoot.port());
  }

  @AfterEach
  void stop() {
    if (output != null) {
      output.close();
    }
    shoot.close();
  }

  private void open(String expiration) throws Exception {
    output =
        new RoutedOutput(
            folder,
            "SeedType", "noop",
            "ShootType", "otlp_grpc",
            "ShutdownGrace", "100ms",
            "DeletedClientTimeExpiration", expiration,
            "DynamicHostPrefix", "127.0.0.1:",
            "DynamicHostSuffix", "");
  }

  private Path queue() {
    return folder.resolve("test").resolve("shoot." + namespace);
  }

  @Test
  void shouldRemoveTheTargetOfAShootThatIsForgotten() throws Exception {
    open("1h");
    output.shoots.with(namespace, ShootState.READY).publish();
    output.flush(namespace, 10);
    output.shoots.with(namespace, ShootState.DELETED).publish();
    output.awaitNothingBuffered();
    assertNotNull(output.balance(namespace));
    assertTrue(output.metric(CALLS, "127.0.0.1") > 0);

    output.shoots.without(namespace).publish();

    RoutedOutput.await("the target is gone", () -> output.balance(namespace) == null);
    RoutedOutput.await("its series too", () -> output.metric("fluentbit_gardener_incoming_logs_total", namespace) == 0);
    RoutedOutput.await("those of its requests", () -> output.metric(CALLS, "127.0.0.1") == 0);
    assertEquals(10, shoot.totals().records());
  }

  @Test
  void shouldKeepTheConnectionOfAShootThatComesAndGoes() throws Exception {
    open("1h");
    for (int i = 0; i < 20; i++) {
      output.shoots.with(namespace, ShootState.READY).publish();
      output.flush(namespace, 1);
      output.awaitNothingBuffered();
      output.shoots.with(namespace, ShootState.DELETED).publish();
    }
    assertEquals(20, shoot.totals().records());
    assertEquals(1, shoot.accepted());
  }

  @Test
  void shouldDrainBeforeItRemoves() throws Exception {
    open("1h");
    output.shoots.with(namespace, ShootState.READY).publish();
    output.flush(namespace, 300);
    output.shoots.without(namespace).publish();

    assertTrue(shoot.awaitRecords(300, PATIENCE));
    RoutedOutput.await("the target is gone", () -> output.balance(namespace) == null);
  }

  @Test
  void shouldDiscardWhatTheBackendOfAForgottenShootDoesNotTake() throws Exception {
    shoot.close();
    open("1h");
    output.shoots.with(namespace, ShootState.READY).publish();
    output.flush(namespace, 10);
    assertTrue(Files.exists(queue()));

    output.shoots.without(namespace).publish();

    RoutedOutput.await("the target is gone", () -> output.balance(namespace) == null);
    RoutedOutput.await("and what it held", () -> !Files.exists(queue()));
  }

  @Test
  void shouldAccountForWhatExpiresWithItsTarget() throws Exception {
    shoot.close();
    open("1h");
    output.shoots.with(namespace, ShootState.READY).publish();
    output.flush(namespace, 600);

    try (LogLines log = new LogLines()) {
      output.shoots.without(namespace).publish();
      RoutedOutput.await("the target is gone", () -> !log.containing("so is the target").isEmpty());

      assertEquals(
          List.of(
              "WARNING test/shoot."
                  + namespace
                  + ": gave up 600 records that its backend had not taken DeletedClientTimeExpiration"
                  + " after its shoot was gone"),
          log.containing("gave up"));
    }
    assertEquals(0, output.metric("fluentbit_gardener_incoming_logs_total", namespace));
    assertEquals(600, output.metric("fluentbit_gardener_output_incoming_logs_total", "\"test\""));
    assertEquals(
        600, output.metric("fluentbit_gardener_output_dropped_logs_total", "\"test\"", "\"expired\""));
  }

  @Test
  void shouldMakeTheTargetAgainWhenTheShootComesBack() throws Exception {
    open("1h");
    for (int i = 0; i < 3; i++) {
      output.shoots.with(namespace, ShootState.READY).publish();
      MsgPack chunk = new MsgPack();
      RoutedOutput.add(chunk, namespace, 10);
      // While the target before it ends, the chunk comes again.
      RoutedOutput.await(
          "the chunk is taken", () -> output.flush(chunk.chunk()) == FlushResult.OK);
      output.shoots.without(namespace).publish();
    }

    assertTrue(shoot.awaitRecords(30, PATIENCE));
    RoutedOutput.await("the target is gone", () -> output.balance(namespace) == null);
  }

  @Test
  void shouldServeWhatAnEarlierRunLeft() throws Exception {
    int port = shoot.port();
    shoot.close();
    open("1h");
    output.shoots.with(namespace, ShootState.READY).publish();
    output.flush(namespace, 25);
    output.stop();

    shoot = new OtlpSink(OtlpSink.Options.defaults().onPort(port));
    output.open();
    assertTrue(shoot.awaitRecords(25, PATIENCE));
    output.shoots.publish();
    output.flush(namespace, 5);
    output.awaitNothingBuffered();

    assertEquals(30, shoot.totals().records());
    assertEquals(25, output.balance(namespace).recovered());
  }

  @Test
  void shouldKeepWhatWasLeftUntilTheShootIsKnownToBeGone() throws Exception {
    shoot.close();
    open("0");
    output.shoots.with(namespace, ShootState.READY).publish();
    output.flush(namespace, 25);
    output.stop();
    output.open();
    RoutedOutput.await("the queue is found", () -> output.balance(namespace) != null);

    output.shoots.without(namespace).publish(false);
    output.shoots.testing("other").publish(false);
    assertEquals(25, output.balance(namespace).buffered());

    output.shoots.publish(true);
    RoutedOutput.await("the target is gone", () -> output.balance(namespace) == null);
    RoutedOutput.await("and what it held", () -> !Files.exists(queue()));
  }

  @Test
  void shouldSendAtAStopWhatWaitsForItsBatch() throws Exception {
    output =
        new RoutedOutput(
            folder,
            "ShootType", "otlp_grpc",
            "DQueBatchProcessorExportInterval", "1h",
            "ShutdownGrace", "1m",
            "DynamicHostPrefix", "127.0.0.1:",
            "DynamicHostSuffix", "");
    output.shoots.with(namespace, ShootState.DELETED).publish();
    output.flush(namespace, 10);
    assertEquals(0, shoot.totals().records());

    output.stop();

    assertEquals(10, shoot.totals().records());
  }

  @Test
  void shouldNotMistakeANamespaceForTheSeed() throws Exception {
    output =
        new RoutedOutput(
            folder,
            "SeedType", "otlp_grpc",
            "Endpoint", "127.0.0.1:1",
            "ShootType", "stdout");
    output.shoots.with("seed", ShootState.CREATION).publish();

    output.flush("seed", 3);

    assertEquals(3, output.balance("garden").incoming());
    assertEquals(3, output.balance("seed").incoming());
    assertTrue(Files.isDirectory(folder.resolve("test").resolve("seed")));
  }
}
