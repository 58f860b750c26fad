package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.intake.FlushResult;
import java.nio.ByteBuffer;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** After a start Fluent Bit keeps what may be a shoot's, until the shoots are known, and nothing else. */
class HoldUntilSyncedTest extends SeedAndShoot {
  private static final String HELD = "fluentbit_gardener_held_chunks_total";

  private void openHolding(String atMost) throws Exception {
    open("HoldUntilSynced", atMost, "DynamicHostRegex", "^[0-9]+$");
  }

  @Test
  void shouldBringAShootWhatCameBeforeItWasKnown() throws Exception {
    openHolding("1h");
    assertEquals(FlushResult.RETRY, output.flush(chunk(namespace, 10)));
    assertEquals(0, output.balance("garden").incoming());

    output.shoots.with(namespace, ShootState.READY).publish(false);
    assertEquals(FlushResult.OK, output.flush(chunk(namespace, 10)));
    output.awaitNothingBuffered();
    assertEquals(10, shoot.totals().records());
    assertEquals(0, seed.totals().records());
    assertEquals(1, output.total(HELD));
  }

  @Test
  void shouldTakeWhatComesASecondTimeWhateverIsKnown() throws Exception {
    openHolding("1h");
    for (int records = 1; records <= 100; records++) {
      assertEquals(FlushResult.RETRY, output.flush(chunk(namespace, records)));
    }
    for (int records = 1; records <= 100; records++) {
      assertEquals(FlushResult.OK, output.flush(chunk(namespace, records)));
    }
    output.awaitNothingBuffered();

    assertEquals(5050, seed.totals().records());
    assertEquals(100, output.total(HELD));
  }

  @Test
  void shouldLetFlowWhatIsNoShoots() throws Exception {
    openHolding("1h");
    assertEquals(FlushResult.OK, output.flush(chunk("garden", 10)));
    output.awaitNothingBuffered();

    assertEquals(10, seed.totals().records());
    assertEquals(Set.of(), output.shoots.queried());
  }

  @Test
  void shouldHoldNothingAfterThatTime() throws Exception {
    openHolding("1ns");
    assertEquals(FlushResult.OK, output.flush(chunk(namespace, 10)));
    output.awaitNothingBuffered();

    assertEquals(10, seed.totals().records());
  }

  @Test
  void shouldAskForWhatIsNotKnownAndSendItToTheSeedMeanwhile() throws Exception {
    openHolding("0");
    output.shoots.publish(false);
    assertEquals(FlushResult.OK, output.flush(chunk(namespace, 10)));
    assertEquals(Set.of(namespace), output.shoots.queried());

    output.shoots.queried().clear();
    assertEquals(FlushResult.OK, output.flush(chunk(namespace, 10)));
    assertEquals(Set.of(namespace), output.shoots.queried());
    output.awaitNothingBuffered();
    assertEquals(20, seed.totals().records());
  }

  @Test
  void shouldLoseNothingOfWhatIsHeldWhenItStops() throws Exception {
    openHolding("1h");
    assertEquals(FlushResult.RETRY, output.flush(chunk(namespace, 10)));
    output.stop();
    output.open();

    assertEquals(FlushResult.RETRY, output.flush(chunk(namespace, 10)));
    output.shoots.with(namespace, ShootState.READY).publish();
    assertEquals(FlushResult.OK, output.flush(chunk(namespace, 10)));
    output.awaitNothingBuffered();
    assertEquals(10, shoot.totals().records());
  }

  private static ByteBuffer chunk(String namespace, int records) {
    MsgPack chunk = new MsgPack();
    RoutedOutput.add(chunk, namespace, records);
    return chunk.chunk();
  }
}
