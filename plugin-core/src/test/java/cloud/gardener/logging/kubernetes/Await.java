package cloud.gardener.logging.kubernetes;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process does. */
public final class Await {
  private static final int PATIENCE_S = 60;
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(PATIENCE_S);

  private Await() {}

  /** Returns when the condition holds, and fails where that takes a minute. */
  public static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long deadlineNs = System.nanoTime() + PATIENCE_NS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadlineNs > 0) {
        throw new AssertionError("not within " + PATIENCE_S + " seconds: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
