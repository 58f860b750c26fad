package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.sink.PathSink;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A start with a backlog, while the API server takes its time to tell the shoots. Fluent Bit gives up a chunk
 * after one retry, as it does where Retry_Limit is not set.
 */
@Tag("faults")
class HoldTest {
  private static final String SHOOT = Shoots.name(0);
  private static final int LINES = 1_000;

  @TempDir Path folder;

  private Shoots shoots;

  @BeforeEach
  void open() throws Exception {
    shoots =
        new Shoots(folder, PathSink.startCounting())
            .output("HoldUntilSynced", "1m")
            .output("Retry_Limit", "1");
    shoots.clusters.ready(SHOOT);
    shoots.clusters.hang();
    shoots.log(SHOOT).write(LINES);
    shoots.log("garden").write(LINES);
  }

  @AfterEach
  void close() {
    shoots.close();
  }

  @Test
  void shouldBringAShootItsBacklogAndNotLetOthersWait() throws Exception {
    try (HostProcess host = shoots.start()) {
      awaitHeld(host);
      host.await("the garden's records", () -> shoots.backends.records(Shoots.SEED) == LINES);
      assertEquals(0, shoots.backends.records(SHOOT));

      shoots.clusters.resume();
      host.await("all records", shoots::allArrived);

      assertEquals(LINES, shoots.backends.records(SHOOT));
      assertEquals(LINES, shoots.backends.records(Shoots.SEED));
      assertEquals(0, host.terminate());
    }
  }

  @Test
  void shouldLoseNothingOfWhatIsHeldWhenItStops() throws Exception {
    try (HostProcess host = shoots.start()) {
      awaitHeld(host);
      assertEquals(0, host.terminate());
    }
    assertEquals(2 * LINES, shoots.backends.records(Shoots.SEED));
  }

  @Test
  void shouldLoseNothingOfWhatIsHeldWhenItIsReloaded() throws Exception {
    try (HostProcess host = shoots.start()) {
      awaitHeld(host);
      host.signal("HUP");
      host.await("all records", shoots::allArrived);
    }
  }

  private void awaitHeld(HostProcess host) throws Exception {
    int port = shoots.metricsPort();
    host.await(
        "a chunk that is held", () -> Scrape.sum(port, "fluentbit_gardener_held_chunks_total") > 0);
  }
}
