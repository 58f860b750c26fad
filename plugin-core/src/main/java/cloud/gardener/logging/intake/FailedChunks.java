package cloud.gardener.logging.intake;

import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.ErrorType;
import cloud.gardener.logging.metrics.PluginMetrics;
import java.nio.ByteBuffer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Chunks on which the plugin itself fails: a defect, or no memory. Fluent Bit brings such a chunk again; after
 * {@link #MAX_ATTEMPTS} it becomes a dead letter, so that one chunk never stops a node.
 *
 * <p>Thread-safe.
 */
final class FailedChunks {
  private static final Logger LOG = Logger.getLogger(FailedChunks.class.getName());

  /** Attempts at a chunk; the last of them sets it aside. */
  static final int MAX_ATTEMPTS = 3;

  /** Where chunks are set aside. */
  public interface DeadLetterBox {
    /** Keeps a chunk; false when it must come again. */
    boolean keepChunk(ByteBuffer chunk, String reason);
  }

  private final PluginMetrics metrics;
  private final Target seed;
  private final DeadLetterBox letters;

  /** How often the plugin failed on a chunk. One that is forgotten has all its attempts before it again. */
  private final ChunkMemory<Integer> attempts = new ChunkMemory<>();

  /**
   * None yet.
   *
   * @param seed counts the records of chunks that are set aside
   */
  FailedChunks(PluginMetrics metrics, Target seed, DeadLetterBox letters) {
    this.metrics = metrics;
    this.seed = seed;
    this.letters = letters;
  }

  /** The plugin failed on a chunk; says what to answer. */
  FlushResult failed(ByteBuffer chunk, Throwable defect) {
    long id = ChunkMemory.id(chunk);
    int attempt = attempts.join(id, 1, Integer::sum);
    metrics.error(ErrorType.FLUSH);
    LOG.log(
        Level.SEVERE,
        defect,
        () -> "a defect met a chunk, attempt " + attempt + " of " + MAX_ATTEMPTS);
    if (attempt < MAX_ATTEMPTS
        || !letters.keepChunk(chunk, "the plugin failed on this chunk: " + defect)) {
      return FlushResult.RETRY;
    }
    seed.dropped(DropReason.DEAD_LETTER, count(chunk));
    attempts.forget(id);
    return FlushResult.OK;
  }

  /** The records of a chunk, without a look into them; 0 when the plugin fails to count them, too. */
  private static int count(ByteBuffer chunk) {
    try {
      EventDecoder decoder = new EventDecoder();
      decoder.wrap(chunk, chunk.remaining());
      int records = 0;
      for (int kind = decoder.next(); kind != EventDecoder.END; kind = decoder.next()) {
        records += kind == EventDecoder.MALFORMED ? 0 : 1;
      }
      return records;
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "cannot count the records of the chunk that is put aside", e);
      return 0;
    }
  }

  /** A chunk was taken. */
  void taken(ByteBuffer chunk) {
    if (!attempts.isEmpty()) {
      attempts.forget(ChunkMemory.id(chunk));
    }
  }
}
