package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.intake.FlushResult;
import cloud.gardener.logging.route.Decision;
import cloud.gardener.logging.sink.OtlpSink;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where records arrive, by the state of their shoot. */
class StateRoutingTest extends SeedAndShoot {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @ParameterizedTest
  @EnumSource(ShootState.class)
  void shouldSendToTheTargetsThatTheTablesName(ShootState state) throws Exception {
    open();
    output.shoots.with(namespace, state).publish();
    boolean toShoot = output.config.states().toShoot().contains(state);
    boolean toSeed = output.config.states().toSeed().contains(state);

    output.flush(namespace, 100);
    output.awaitNothingBuffered();

    assertEquals(toShoot ? 100 : 0, shoot.totals().records());
    assertEquals(toSeed ? 100 : 0, seed.totals().records());
    assertEquals(toShoot || toSeed ? 0 : 100, output.muted());
    assertEquals(toShoot || !toSeed ? 100 : 0, output.balance(namespace).incoming());
  }

  @ParameterizedTest
  @EnumSource(Decision.class)
  void shouldDeliverOrCountTheRecordsOfEachDecision(Decision decision) throws Exception {
    open("DynamicHostRegex", "^[0-9t]", "DropLogEntryWithoutK8sMetadata", "true");
    output.shoots.with(namespace, stateFor(decision)).testing("test").publish();
    MsgPack chunk = new MsgPack();
    switch (decision) {
      case SHOOT, BOTH, MUTED -> RoutedOutput.add(chunk, namespace, 5);
      case SEED -> RoutedOutput.add(chunk, "garden", 5);
      case TESTING -> RoutedOutput.add(chunk, "test", 5);
      case NO_CLIENT -> RoutedOutput.add(chunk, "1-unknown", 5);
      case NO_METADATA -> {
        for (int i = 0; i < 5; i++) {
          chunk.event(1, i, Map.of(), Map.of("log", "no metadata"));
        }
      }
      default -> throw new AssertionError("no record here leads to " + decision);
    }

    assertEquals(FlushResult.OK, output.flush(chunk.chunk()));
    output.awaitNothingBuffered();

    assertEquals(decision.toShoot() ? 5 : 0, shoot.totals().records());
    assertEquals(decision.toSeed() ? 5 : 0, seed.totals().records());
    String reason = decision.name().toLowerCase(Locale.ROOT);
    boolean isMuted = decision == Decision.MUTED;
    assertEquals(isMuted ? 5 : 0, output.muted());
    assertEquals(decision.isDrop() && !isMuted ? 5 : 0, output.dropped(reason));
    assertEquals(decision.isDrop() && !isMuted ? 5 : 0, output.dropped(""));
    boolean ofShoot = decision.toShoot() || decision == Decision.MUTED;
    assertEquals(ofShoot ? 5 : 0, output.balance(namespace).incoming());
    boolean isUnknown = decision == Decision.NO_CLIENT;
    assertEquals((decision.toSeed() || !ofShoot) && !isUnknown ? 5 : 0, output.balance("garden").incoming());
    assertEquals(isUnknown ? 5 : 0, output.metric("fluentbit_gardener_incoming_logs_total", "\"1-unknown\""));
    assertEquals(isUnknown ? 5 : 0, output.metric("fluentbit_gardener_dropped_logs_total", "\"1-unknown\""));
    assertEquals(
        decision == Decision.NO_METADATA ? 5 : 0,
        output.metric("fluentbit_gardener_logs_without_metadata_total", "Kubernetes"));
  }

  private static ShootState stateFor(Decision decision) {
    return switch (decision) {
      case BOTH -> ShootState.CREATION;
      case MUTED -> ShootState.HIBERNATED;
      default -> ShootState.READY;
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"..", "../../evil", "/etc", "evil.example.com", "Shoot", "a_b", "-a", "a-", "a:1/", "1\n"})
  void shouldMakeNeitherFolderNorHostOfWhatIsNoDnsLabel(String name) throws Exception {
    open();
    output.shoots.with(namespace, ShootState.READY).publish();

    output.flush(name, 3);
    output.flush("a".repeat(64), 3);
    output.awaitNothingBuffered();

    assertEquals(6, seed.totals().records());
    assertOnlyTheTwoTargets();
  }

  @Test
  void shouldMakeNeitherFolderNorHostOfWhatTheApiServerDoesNotKnow() throws Exception {
    open();
    output.shoots.with(namespace, ShootState.READY).publish();

    output.flush("1-unknown", 3);

    assertEquals(3, output.dropped("no_client"));
    assertOnlyTheTwoTargets();
  }

  private void assertOnlyTheTwoTargets() throws IOException {
    assertEquals(2, output.metrics().targets().size());
    Set<String> expected = Set.of("seed", "shoot." + namespace, "dead_letters");
    try (Stream<Path> files = Files.walk(folder, 2)) {
      assertEquals(
          List.of(),
          files
              .filter(file -> Files.isDirectory(file) && folder.relativize(file).getNameCount() == 2)
              .map(file -> file.getFileName().toString())
              .filter(name -> !expected.contains(name))
              .toList());
    }
  }

  @Test
  void shouldSendToTheSeedWhatIsNotKnownYet() throws Exception {
    open();
    output.flush(namespace, 10);
    output.shoots.with(namespace, ShootState.READY).publish();
    output.flush(namespace, 20);
    output.awaitNothingBuffered();

    assertEquals(10, seed.totals().records());
    assertEquals(20, shoot.totals().records());
  }

  @Test
  void shouldKeepWhatIsQueuedWhileTheShootIsMuted() throws Exception {
    open();
    int port = shoot.port();
    shoot.close();
    output.shoots.with(namespace, ShootState.READY).publish();
    output.flush(namespace, 50);
    output.shoots.with(namespace, ShootState.HIBERNATED).publish();
    output.flush(namespace, 5);

    shoot = new OtlpSink(OtlpSink.Options.defaults().onPort(port));
    assertTrue(shoot.awaitRecords(50, PATIENCE));
    output.shoots.with(namespace, ShootState.READY).publish();
    output.flush(namespace, 7);
    output.awaitNothingBuffered();

    assertEquals(57, shoot.totals().records());
    assertEquals(5, output.muted());
  }

  @Test
  void shouldBearTheMetadataOfTheTag() throws Exception {
    open("FallbackToTagWhenMetadataIsMissing", "true");
    output.shoots.with(namespace, ShootState.READY).publish();
    String tag =
        "kubernetes.var.log.containers.pod-1_" + namespace + "_etcd-" + "0f".repeat(32) + ".log";

    assertEquals(
        FlushResult.OK,
        output.flush(
            new MsgPack().event(1, 1, Map.of(), Map.of("log", "x", "tag", tag)).chunk()));
    output.awaitNothingBuffered();

    ResourceLogs logs = shoot.captured().get(0).getResourceLogs(0);
    assertTrue(
        logs.getResource().getAttributesList().stream()
            .anyMatch(
                pair ->
                    pair.getKey().equals("k8s.pod.name")
                        && pair.getValue().getStringValue().equals("pod-1")),
        logs::toString);
  }
}
