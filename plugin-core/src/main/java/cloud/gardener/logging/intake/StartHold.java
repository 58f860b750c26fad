package cloud.gardener.logging.intake;

import cloud.gardener.logging.route.Coverage;
import cloud.gardener.logging.route.RoutingTable;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.logging.Logger;

/**
 * Makes Fluent Bit keep chunks just after a start, at most for HoldUntilSynced: those with records of shoots that are
 * not known yet, until the shoots are listed, and those for targets that import older records. A chunk that is flushed
 * again is accepted regardless of what is known or imported by then. Fluent Bit drops a chunk that gets more RETRY
 * results than its Retry_Limit, whose default is one.
 *
 * <p>A chunk is identified by its id. Two chunks with equal bytes count as one: the second is accepted at once. At
 * most {@link #MAX_CHUNKS} chunks are held, and any further ones are accepted: a forgotten chunk would be held
 * twice.
 *
 * <p>Thread-safe, without a lock.
 */
final class StartHold {
  /** More than Fluent Bit has in memory at once; the ids take a few hundred KB. */
  static final int MAX_CHUNKS = 4096;

  private static final Logger LOG = Logger.getLogger(StartHold.class.getName());

  private final long holdNs;
  private final LongSupplier nanoTime;
  private final long startNs;
  private volatile Set<Long> held = ConcurrentHashMap.newKeySet();
  private volatile boolean shootsListed;

  /** Starts the hold time. */
  StartHold(Duration maxHold, LongSupplier nanoTime) {
    this.holdNs = maxHold.toNanos();
    this.nanoTime = nanoTime;
    this.startNs = nanoTime.getAsLong();
  }

  /** Whether chunks of unknown shoots that are routed with this table must be held. */
  boolean isActive(RoutingTable table) {
    if (!shootsListed && table.coverage() != Coverage.NOTHING) {
      shootsListed = true; // Permanently: a completed list stays known.
    }
    return !shootsListed && isActive();
  }

  /** Whether chunks for targets that import must be held. */
  boolean isActive() {
    if (held == null) {
      return false;
    }
    boolean isActive = nanoTime.getAsLong() - startNs < holdNs;
    if (!isActive) {
      held = null;
    }
    return isActive;
  }

  /**
   * Holds a chunk; false when it was held before, or when too many are held.
   *
   * @param reason what the chunk waits for, for the log
   */
  boolean hold(long chunk, String reason) {
    Set<Long> chunks = held;
    if (chunks == null || chunks.size() >= MAX_CHUNKS || !chunks.add(chunk)) {
      return false;
    }
    if (chunks.size() == 1) {
      LOG.info(() -> reason + ": Fluent Bit is asked to keep chunks with records of them, each once");
    }
    return true;
  }
}
