package cloud.gardener.logging.metrics.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Logs the failure of a page once, because a scraper sends a request every few seconds. After an hour without a
 * failure, the page is logged again. Thread-safe.
 */
final class PageFailures {
  private static final long QUIET_NS = TimeUnit.HOURS.toNanos(1);

  private final Logger log;
  private final LongSupplier nanoTime;
  private final Map<String, Long> lastNs = new ConcurrentHashMap<>();

  /**
   * @param nanoTime monotonic time
   */
  PageFailures(Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  void log(String page, Throwable failure) {
    long nowNs = nanoTime.getAsLong();
    Long previousNs = lastNs.put(page, nowNs);
    if (previousNs == null || nowNs - previousNs >= QUIET_NS) {
      log.log(
          Level.SEVERE,
          failure,
          () ->
              page
                  + " fails, its requests are answered with 500 or cut off; logs are delivered all the same");
    }
  }
}
