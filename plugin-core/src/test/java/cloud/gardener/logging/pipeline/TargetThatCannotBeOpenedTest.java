package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.intake.Target;
import cloud.gardener.logging.route.Coverage;
import cloud.gardener.logging.migration.Importer;
import cloud.gardener.logging.route.Routing;
import cloud.gardener.logging.route.RoutingTable;
import cloud.gardener.logging.route.Shoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target whose queue cannot be opened is tried again every few seconds, however many tables come. */
class TargetThatCannotBeOpenedTest {
  @TempDir Path folder;

  private final ScheduledByHand background = new ScheduledByHand();
  private final Map<String, Shoot> known = new HashMap<>();
  private PluginConfig config;
  private ProcessServices services;
  private Targets factory;
  private Target seed;
  private ShootTargets targets;

  /** Keeps what is to happen later until the test says so. */
  private static final class ScheduledByHand extends BackgroundTasks {
    private final Queue<Runnable> later = new ArrayDeque<>();

    ScheduledByHand() {
      super(false);
    }

    @Override
    void execute(Runnable task) {}

    @Override
    void schedule(Runnable task, Duration delay) {
      assertEquals(ShootTargets.RETRY_INTERVAL, delay);
      later.add(task);
    }

    /** The delay is over. */
    void runScheduled() {
      for (int tasks = later.size(); tasks > 0; tasks--) {
        later.remove().run();
      }
    }
  }

  @BeforeEach
  void open() throws Exception {
    config = RoutedOutput.config(folder, "SeedType", "noop", "ShootType", "stdout");
    services = ProcessServices.acquire(config);
    factory = new Targets(config, services);
    seed = factory.openSeed();
    targets =
        new ShootTargets(
            config,
            factory,
            new Importer(config, Flocks.FREE, () -> {}),
            services.workers()::nanoTime,
            new Routing(config),
            background,
            ShootTargets.LAST_GRACE);
    blockQueueFolder("a");
    blockQueueFolder("b");
  }

  @AfterEach
  void close() throws Exception {
    targets.stop();
    targets.close();
    factory.close(seed);
    factory.close();
    services.release();
  }

  @Test
  void shouldTryEachTargetAgainOnceHoweverManyTablesCome() {
    setKnownShoots("a", "b");
    for (int table = 0; table < 300; table++) {
      setKnownShoots("other-" + table % 3);
    }

    assertEquals(2, background.later.size());
    background.runScheduled();
    setKnownShoots("other");
    assertEquals(2, background.later.size());
  }

  @Test
  void shouldOpenItWhenItCanBeOpened() throws Exception {
    setKnownShoots("a", "b");
    Files.delete(queue("a"));
    background.runScheduled();

    assertNotNull(targets.find("a"));
    assertNull(targets.find("b"));
    assertEquals(1, background.later.size());
  }

  @Test
  void shouldNotTryAgainForAShootThatIsForgotten() {
    setKnownShoots("a");
    known.clear();
    setKnownShoots("b");
    background.runScheduled();

    assertEquals(1, background.later.size());
  }

  /** A file in the place of the queue's folder. */
  private void blockQueueFolder(String namespace) throws Exception {
    Files.writeString(queue(namespace), "");
  }

  private Path queue(String namespace) {
    return folder.resolve("test").resolve("shoot." + namespace);
  }

  private void setKnownShoots(String... namespaces) {
    for (String namespace : namespaces) {
      known.put(namespace, Shoot.of(ShootState.READY, false));
    }
    targets.onTableChanged(
        new RoutingTable(
            config.dynamicHost(), config.states(), known, Coverage.CURRENT, name -> true));
  }
}
