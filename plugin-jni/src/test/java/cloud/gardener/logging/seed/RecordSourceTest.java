package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecordSourceTest {
  private final Delays delays = new Delays();
  private final RecordSource source = new RecordSource("garden", "pod", count -> {});

  @Test
  void eachRecordsDelayBeginsWithItsOwnWrite() throws IOException {
    source.write(3);
    source.write(1);
    long nowNs = System.nanoTime();
    source.see(2, nowNs + TimeUnit.SECONDS.toNanos(1), delays);
    source.see(4, nowNs + TimeUnit.SECONDS.toNanos(9), delays);

    assertEquals(4, source.seen());
    double half = delays.quantileSeconds(0.5);
    assertTrue(half >= 1 && half < 5, () -> "half within " + half);
    double more = delays.quantileSeconds(0.51);
    assertTrue(more >= 9, () -> "more within " + more);
  }

  @Test
  void whatCameTwiceIsNoNewRecord() throws IOException {
    source.write(2);
    source.see(3, System.nanoTime(), delays);
    source.see(1, System.nanoTime(), delays);

    assertEquals(2, source.seen());
  }
}
