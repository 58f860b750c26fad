package cloud.gardener.logging.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.BatchConfig;
import org.junit.jupiter.api.Test;

class EntrySizeTest {
  /** The shim's usual heap. */
  private static final long HEAP_BYTES = 40 << 20;

  @Test
  void shouldBeAWholeBatchForFewTargets() {
    assertEquals(BatchConfig.MAX_BYTES, EntrySize.maxBytes(0, HEAP_BYTES));
    assertEquals(BatchConfig.MAX_BYTES, EntrySize.maxBytes(1, HEAP_BYTES));
  }

  @Test
  void shouldLeaveMostOfTheHeapWhereEachTargetHoldsOneEntry() {
    for (int targets = 2; targets <= 500; targets++) {
      long held = (long) targets * EntrySize.maxBytes(targets, HEAP_BYTES);
      assertTrue(held <= HEAP_BYTES / 5, held + " bytes of " + targets);
    }
  }

  @Test
  void shouldNotBecomeTiny() {
    assertEquals(EntrySize.MIN_BYTES, EntrySize.maxBytes(100_000, HEAP_BYTES));
  }
}
