package cloud.gardener.logging.intake;

import cloud.gardener.logging.config.BatchConfig;
import cloud.gardener.logging.event.ChunkArray;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.ErrorType;
import cloud.gardener.logging.metrics.PluginMetrics;
import java.nio.ByteBuffer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Handles chunks on which the plugin itself fails, by a defect or for want of memory. Fluent Bit flushes such a
 * chunk again. After {@link #MAX_ATTEMPTS} attempts it becomes a dead letter, so that a single chunk never blocks a
 * node.
 *
 * <p>Thread-safe.
 */
final class FailedChunks {
  private static final Logger LOG = Logger.getLogger(FailedChunks.class.getName());

  /** Number of attempts for a chunk; after the last one it becomes a dead letter. */
  static final int MAX_ATTEMPTS = 3;

  /** Stores chunks as dead letters. */
  public interface DeadLetterBox {
    /** Stores a chunk; false when it must be flushed again. */
    boolean storeChunk(ByteBuffer chunk, String reason);
  }

  private final PluginMetrics metrics;
  private final Target seed;
  private final DeadLetterBox deadLetters;

  /** Number of failures per chunk. A forgotten chunk starts with all its attempts. */
  private final ChunkMemory<Integer> attempts = new ChunkMemory<>();

  /** @param seed counts the records of chunks that become dead letters */
  FailedChunks(PluginMetrics metrics, Target seed, DeadLetterBox deadLetters) {
    this.metrics = metrics;
    this.seed = seed;
    this.deadLetters = deadLetters;
  }

  /** The plugin failed on a chunk; returns the result for Fluent Bit. */
  FlushResult handleFailure(ByteBuffer chunk, Throwable defect) {
    long id = ChunkMemory.id(chunk);
    int attempt = attempts.merge(id, 1, Integer::sum);
    metrics.error(ErrorType.FLUSH);
    LOG.log(
        Level.SEVERE,
        defect,
        () -> "a defect met a chunk, attempt " + attempt + " of " + MAX_ATTEMPTS);
    if (attempt < MAX_ATTEMPTS
        || !deadLetters.storeChunk(chunk, "the plugin failed on this chunk: " + defect)) {
      return FlushResult.RETRY;
    }
    seed.countDropped(DropReason.DEAD_LETTER, countRecords(chunk));
    attempts.remove(id);
    return FlushResult.OK;
  }

  /** The number of records in a chunk, without parsing them; 0 when counting fails, too. */
  private static int countRecords(ByteBuffer chunk) {
    try {
      ChunkArray array = new ChunkArray(BatchConfig.MAX_BYTES);
      array.copy(chunk);
      EventDecoder decoder = new EventDecoder();
      decoder.wrap(array);
      int records = 0;
      for (int kind = decoder.next(); kind != EventDecoder.END; kind = decoder.next()) {
        records += kind == EventDecoder.MALFORMED ? 0 : 1;
      }
      return records;
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.log(Level.SEVERE, "cannot count the records of the chunk that is put aside", e);
      return 0;
    }
  }

  /** A chunk was accepted. */
  void onAccepted(ByteBuffer chunk) {
    if (!attempts.isEmpty()) {
      attempts.remove(ChunkMemory.id(chunk));
    }
  }
}
