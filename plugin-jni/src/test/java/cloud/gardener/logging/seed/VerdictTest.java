package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private final RecordSource source = new RecordSource("shoot--p--s", "pod", count -> {});

  VerdictTest() throws IOException {
    source.write(10);
  }

  @Test
  void aDoubledRecordIsCountedAndNoLoss() {
    Verdict verdict = verdict(12, 10, 0);

    assertEquals(2, verdict.total().doubled());
    assertEquals(0, verdict.total().lost());
    assertTrue(verdict.isGood());
  }

  @Test
  void aLossIsNotHiddenByADoubledRecord() {
    Verdict verdict = verdict(10, 9, 0);

    assertEquals(1, verdict.total().lost());
    assertFalse(verdict.isGood());
  }

  @Test
  void aRecordAtTheWrongTenantIsNotGood() {
    assertFalse(verdict(10, 10, 1).isGood());
  }

  private Verdict verdict(long records, long distinct, long astray) {
    Arrivals.Tally tally = new Arrivals.Tally(Map.of(source, new Arrived(records, distinct)), astray);
    return new Verdict(
        "plugin", tally, new Delays(), new Watch.Cost(0, 0, 0), "");
  }
}
