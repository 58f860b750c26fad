package cloud.gardener.logging.kubernetes;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process does. */
final class Await {
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);

  private Await() {}

  static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long deadlineNs = System.nanoTime() + PATIENCE_NS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadlineNs > 0) {
        throw new AssertionError("not within 20 seconds: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
