package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.LoggedLines;
import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.delivery.ManualExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many lines the outages of targets make. */
class TargetLogTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ManualExecutor executor = new ManualExecutor();
  private final TargetLog shoots = TargetLog.ofShoots(executor);
  private final TargetLog seed = TargetLog.ofSeed();
  private final LoggedLines shootLines = new LoggedLines(ShootOutages.class);
  private final LoggedLines lines = new LoggedLines(TargetLog.class);

  @AfterEach
  void stopListening() {
    shootLines.close();
    lines.close();
  }

  private void fail(int number) {
    fail(number, Level.WARNING);
  }

  private void fail(int number, Level level) {
    String name = "shoot." + number;
    shoots.outages().logFailure(name, level, () -> name + ": takes no records: refused");
  }

  private void recover(int number) {
    String name = "shoot." + number;
    shoots.outages().logRecovery(name, () -> name + ": answers again");
  }

  @Test
  void shouldSayTheOutageOfOneShootAtOnce() {
    fail(1);

    assertEquals(List.of("WARNING shoot.1: takes no records: refused"), shootLines.all());
    executor.advance(MINUTE);
    recover(1);
    assertEquals("INFO shoot.1: answers again", shootLines.all().get(1));
    executor.advance(MINUTE.multipliedBy(10));
    assertEquals(2, shootLines.all().size());
  }

  @Test
  void shouldSayTheOutageOfFiveHundredShootsInOneLineAMinute() {
    for (int i = 0; i < 500; i++) {
      fail(i);
    }
    assertEquals(1, shootLines.all().size());
    executor.advance(MINUTE);
    assertEquals(
        "WARNING shoots in the last minute: the backends of 499 began to fail, 0 recovered; 500 fail"
            + " now. The last of them: shoot.499: takes no records: refused",
        shootLines.all().get(1));

    executor.advance(MINUTE.dividedBy(2));
    for (int i = 0; i < 500; i++) {
      recover(i);
    }
    assertEquals(2, shootLines.all().size());
    executor.advance(MINUTE.dividedBy(2));
    assertEquals(
        "INFO shoots in the last minute: the backends of 0 began to fail, 500 recovered; 0 fail now",
        shootLines.all().get(2));

    executor.advance(MINUTE.multipliedBy(10));
    assertEquals(3, shootLines.all().size());
  }

  @Test
  void shouldSayOneLineAMinuteWhileBackendsComeAndGo() {
    for (int second = 0; second < 600; second++) {
      fail(second % 7);
      recover((second + 3) % 7);
      executor.advance(Duration.ofSeconds(1));
    }

    assertTrue(shootLines.all().size() <= 11, shootLines.all()::toString);
  }

  @Test
  void shouldSayASummaryAsLoudAsTheWorstInIt() {
    fail(1);
    fail(2, Level.SEVERE);
    fail(3);
    executor.advance(MINUTE);

    assertEquals(1, shootLines.containing("SEVERE shoots in the last minute").size());
  }

  @Test
  void shouldNotCountATargetThatIsGone() {
    fail(1);
    fail(2);
    shoots.outages().remove("shoot.1");
    executor.advance(MINUTE);

    assertEquals(1, shootLines.containing("1 fail now").size());
  }

  @Test
  void shouldSayTheSeedsOutageAtOnceWhateverTheShootsDo() {
    for (int i = 0; i < 500; i++) {
      fail(i);
    }
    for (int i = 0; i < 3; i++) {
      seed.outages().logFailure("seed", Level.WARNING, () -> "seed: takes no records");
      seed.outages().logRecovery("seed", () -> "seed: answers again");
    }

    assertEquals(6, lines.all().size());
  }

  @Test
  void shouldShareTheLinesOfAllShootsOfTheProcess(@TempDir Path folder) throws Exception {
    try (RoutedOutput output =
        new RoutedOutput(
            folder,
            "SeedType", "otlp_grpc",
            "Endpoint", "127.0.0.1:1",
            "ShootType", "otlp_grpc",
            "ShutdownGrace", "0s",
            "DynamicHostPrefix", "127.0.0.1:",
            "DynamicHostSuffix", "")) {
      for (int port = 1; port <= 30; port++) {
        output.shoots.with(Integer.toString(port), ShootState.READY);
      }
      output.shoots.publish();
      output.flush("", 1);
      for (int port = 1; port <= 30; port++) {
        output.flush(Integer.toString(port), 1);
      }
      RoutedOutput.await(
          "all fail",
          () -> output.metric("dque_export_errors_total", "retry") >= 62);

      assertEquals(1, shootLines.all().size(), shootLines.all()::toString);
      assertEquals(1, lines.containing("test/seed: ").size(), lines.all()::toString);
    }
  }
}
