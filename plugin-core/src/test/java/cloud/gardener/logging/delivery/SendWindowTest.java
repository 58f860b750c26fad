package cloud.gardener.logging.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How many requests may be under way, by what became of those before. */
class SendWindowTest {
  private static final int MAX = 4;

  private final SendWindow window = new SendWindow(MAX);

  private void accept(int requests) {
    for (int i = 0; i < requests; i++) {
      window.onAccepted();
    }
  }

  @Test
  void shouldBeginWithOne() {
    assertEquals(1, window.size());
  }

  @Test
  void shouldGrowByOneAfterEachRowOfAcceptedRequests() {
    accept(SendWindow.REQUESTS_TO_GROW - 1);
    assertEquals(1, window.size());
    accept(1);
    assertEquals(2, window.size());
    accept(SendWindow.REQUESTS_TO_GROW);
    assertEquals(3, window.size());
  }

  @Test
  void shouldNotGrowAboveTheMaximum() {
    accept(100 * SendWindow.REQUESTS_TO_GROW);
    assertEquals(MAX, window.size());
    SendWindow single = new SendWindow(1);
    for (int i = 0; i < 100; i++) {
      single.onAccepted();
    }
    assertEquals(1, single.size());
  }

  @Test
  void shouldFallToOneAtAFailureAndBeginANewRow() {
    accept(3 * SendWindow.REQUESTS_TO_GROW - 1);
    window.reset();
    assertEquals(1, window.size());
    accept(SendWindow.REQUESTS_TO_GROW - 1);
    assertEquals(1, window.size());
    accept(1);
    assertEquals(2, window.size());
  }
}
