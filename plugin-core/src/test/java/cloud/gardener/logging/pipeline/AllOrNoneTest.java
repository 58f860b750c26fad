package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.intake.FlushResult;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A chunk for several targets is taken for all of them or for none, and nothing comes twice. */
class AllOrNoneTest extends SeedAndShoot {
  private void openQueues(String policy, String maxBytes, String seedAddress) throws Exception {
    open("DQueFullPolicy", policy, "DQueMaxBytes", maxBytes, "Endpoint", seedAddress);
    output.shoots.with(namespace, ShootState.CREATION).publish();
  }

  /** The queue's folder is made with its first entry: a file in its place is a disk that refuses. */
  private Path blockQueueFolder() throws Exception {
    return Files.writeString(folder.resolve("test").resolve("shoot." + namespace), "");
  }

  @Test
  void shouldGiveARetriedChunkOnlyToTheTargetsThatHaveNotGotIt() throws Exception {
    openQueues("retry", "1G", seed.address());
    Path file = blockQueueFolder();
    ByteBuffer chunk = chunk(40);

    assertEquals(FlushResult.RETRY, output.flush(chunk));
    assertEquals(FlushResult.RETRY, output.flush(chunk));
    assertEquals(40, output.balance("garden").incoming());
    assertEquals(0, output.balance(namespace).incoming());
    Files.delete(file);
    assertEquals(FlushResult.OK, output.flush(chunk));
    output.awaitNothingBuffered();

    assertEquals(40, seed.totals().records());
    assertEquals(40, shoot.totals().records());
    assertEquals(40, output.balance("garden").incoming());
    assertEquals(40, output.balance(namespace).incoming());
  }

  @Test
  void shouldTakeTheSameChunkAgainOnceItWasTaken() throws Exception {
    openQueues("retry", "1G", seed.address());
    Path file = blockQueueFolder();
    assertEquals(FlushResult.RETRY, output.flush(chunk(10)));
    Files.delete(file);

    assertEquals(FlushResult.OK, output.flush(chunk(10)));
    assertEquals(FlushResult.OK, output.flush(chunk(10)));
    output.awaitNothingBuffered();

    assertEquals(20, seed.totals().records());
    assertEquals(20, shoot.totals().records());
  }

  @Test
  void shouldRouteARetriedChunkAsBefore() throws Exception {
    openQueues("retry", "1G", seed.address());
    Path file = blockQueueFolder();
    ByteBuffer chunk = chunk(30);
    assertEquals(FlushResult.RETRY, output.flush(chunk));
    output.shoots.with(namespace, ShootState.HIBERNATED).publish();
    Files.delete(file);

    assertEquals(FlushResult.OK, output.flush(chunk));
    output.awaitNothingBuffered();

    assertEquals(30, seed.totals().records());
    assertEquals(30, shoot.totals().records());
    assertEquals(0, output.muted());
  }

  @Test
  void shouldGiveNothingToAnybodyWhileOneTargetIsFull() throws Exception {
    openQueues("retry", "300k", "127.0.0.1:1");
    FlushResult result = FlushResult.OK;
    int taken = 0;
    while (result == FlushResult.OK) {
      result = output.flush(chunk(500));
      taken += result == FlushResult.OK ? 500 : 0;
    }

    assertEquals(FlushResult.RETRY, result);
    assertEquals(taken, output.balance("garden").incoming());
    assertEquals(taken, output.balance(namespace).incoming());
  }

  @Test
  void shouldGiveUpWhatIsNewWhereThePolicySaysSo() throws Exception {
    openQueues("drop_newest", "300k", "127.0.0.1:1");
    for (int i = 0; i < 30; i++) {
      assertEquals(FlushResult.OK, output.flush(chunk(500)));
    }

    assertTrue(output.dropped("queue_full") > 0);
    assertEquals(15_000, output.balance("garden").incoming());
    assertEquals(15_000, output.balance(namespace).incoming());
    assertEquals(0, output.balance("garden").unaccounted());
    RoutedOutput.await("the shoot has all", () -> shoot.totals().records() == 15_000 - shootDrops());
  }

  @Test
  void shouldGiveUpWhatIsOldestWhereThePolicySaysSo() throws Exception {
    openQueues("drop_oldest", "600k", "127.0.0.1:1");
    for (int i = 0; i < 60; i++) {
      assertEquals(FlushResult.OK, output.flush(chunk(500)));
    }

    assertTrue(output.dropped("queue_full_oldest") > 0);
    assertEquals(30_000, output.balance("garden").incoming());
    assertEquals(0, output.balance("garden").unaccounted());
  }

  private long shootDrops() {
    return output.metric(
        "fluentbit_gardener_dropped_logs_total", "queue_full", namespace);
  }

  private ByteBuffer chunk(int records) {
    MsgPack chunk = new MsgPack();
    RoutedOutput.add(chunk, namespace, records);
    return chunk.chunk();
  }
}
