package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.metrics.OutputState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an output tells the status page and the metrics. */
class OutputStateTest extends SeedAndShoot {
  @Test
  void shouldKnowTheWatchAndTheShoots() throws Exception {
    open();
    OutputState state = output.metrics().outputs().get(0);
    assertEquals("test", state.name());
    assertEquals(OutputState.Watch.STARTING, state.watch());
    assertEquals("", state.shootState(namespace));

    output.shoots.with(namespace, ShootState.HIBERNATED).testing("test").publish();

    assertEquals(OutputState.Watch.CONNECTED, state.watch());
    assertEquals("hibernated", state.shootState(namespace));
    assertEquals("testing", state.shootState("test"));
    assertEquals(
        "tag a.log, namespace " + namespace + ", goes nowhere (muted): its shoot's state is hibernated",
        state.explain("a.log", namespace));
    assertEquals(1, output.metric("fluentbit_gardener_watch_connected", "\"test\""));
    assertEquals(state.maxBytes(), output.metric("fluentbit_gardener_output_dque_max_bytes", "\"test\""));
  }

  @Test
  void shouldBeForgottenWhenTheOutputStops() throws Exception {
    open();
    output.stop();

    assertEquals(List.of(), output.metrics().outputs());
  }

  @Test
  void shouldKnowHowOldAndHowFullItsQueueIs() throws Exception {
    open();
    long beforeMs = System.currentTimeMillis();
    output.shoots.with(namespace, ShootState.READY).publish();
    shoot.close();
    output.flush(namespace, 10);

    var queue = output.metrics().targets().stream()
        .filter(target -> target.labels().source().equals(namespace))
        .findAny()
        .orElseThrow()
        .queue();
    assertEquals(output.config.queue().maxBytes(), queue.maxBytes());
    assertTrue(queue.oldestMs() >= beforeMs, queue.oldestMs() + " ms");
  }
}
