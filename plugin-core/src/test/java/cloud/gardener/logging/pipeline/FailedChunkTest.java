package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.intake.FlushResult;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a chunk on which the plugin itself fails. Here it does so where there is no tag. */
class FailedChunkTest extends SeedAndShoot {
  @BeforeEach
  void openOutput() throws Exception {
    open();
    output.shoots.publish();
  }

  @Test
  void shouldSetItAsideAtTheLastAttempt() throws Exception {
    ByteBuffer chunk = chunk(5);
    ByteBuffer other = chunk(7);

    assertEquals(FlushResult.RETRY, fail(chunk));
    assertEquals(FlushResult.RETRY, fail(chunk));
    assertEquals(FlushResult.RETRY, fail(other));
    assertEquals(FlushResult.OK, fail(chunk));

    assertEquals(5, output.dropped("dead_letter"));
    assertEquals(FlushResult.OK, output.flush(other));
    output.awaitNothingBuffered();
    assertEquals(7, seed.totals().records());
  }

  @Test
  void shouldGiveAllAttemptsAgainToWhatWasTaken() throws Exception {
    ByteBuffer chunk = chunk(5);
    fail(chunk);
    fail(chunk);
    assertEquals(FlushResult.OK, output.flush(chunk));

    assertEquals(FlushResult.RETRY, fail(chunk));
    assertEquals(FlushResult.RETRY, fail(chunk));
    assertEquals(FlushResult.OK, fail(chunk));
    assertEquals(5, output.dropped("dead_letter"));
  }

  private FlushResult fail(ByteBuffer chunk) {
    return output.flush(chunk, null);
  }

  private static ByteBuffer chunk(int records) {
    MsgPack chunk = new MsgPack();
    for (int i = 0; i < records; i++) {
      chunk.event(1, i, Map.of(), Map.of("log", "seq=" + i));
    }
    return chunk.chunk();
  }
}
