package cloud.gardener.logging.intake;

import cloud.gardener.logging.route.Coverage;
import cloud.gardener.logging.route.RoutingTable;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.logging.Logger;

/**
 * Has Fluent Bit keep chunks with records of shoots that are not known yet: from a start until the shoots are
 * listed, for HoldUntilSynced at most. What comes again is taken, whatever is known by then, since Fluent Bit
 * gives up a chunk that is answered RETRY more often than its Retry_Limit, which is one where it is not set.
 *
 * <p>A chunk is known by its id. Two that are equal to the byte are held as one: the second is taken at once.
 * At most {@link #MOST_CHUNKS} are held; what comes beyond is taken, for a chunk that is forgotten would be
 * held twice.
 *
 * <p>Thread-safe, without a lock.
 */
final class StartHold {
  /** More than Fluent Bit has in memory at once; a few hundred KB of ids. */
  static final int MOST_CHUNKS = 4096;

  private static final Logger LOG = Logger.getLogger(StartHold.class.getName());

  private final long holdNs;
  private final LongSupplier nanoTime;
  private final long startNs;
  private volatile Set<Long> held = ConcurrentHashMap.newKeySet();

  /** It begins now. */
  StartHold(Duration atMost, LongSupplier nanoTime) {
    this.holdNs = atMost.toNanos();
    this.nanoTime = nanoTime;
    this.startNs = nanoTime.getAsLong();
  }

  /** Whether chunks that are routed by this table are to be held. */
  boolean isOn(RoutingTable table) {
    if (held == null) {
      return false;
    }
    boolean isOn =
        table.coverage() == Coverage.NOTHING && nanoTime.getAsLong() - startNs < holdNs;
    if (!isOn) {
      held = null; // For good: what was listed once stays known.
    }
    return isOn;
  }

  /** Holds a chunk; false when it was held before, or when there are too many. */
  boolean keep(long chunk) {
    Set<Long> chunks = held;
    if (chunks == null || chunks.size() >= MOST_CHUNKS || !chunks.add(chunk)) {
      return false;
    }
    if (chunks.size() == 1) {
      LOG.info(
          "the shoots are not known yet: Fluent Bit is asked to keep chunks with records of them, each once");
    }
    return true;
  }
}
