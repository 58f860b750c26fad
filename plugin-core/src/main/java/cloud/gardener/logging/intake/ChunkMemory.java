package cloud.gardener.logging.intake;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.zip.CRC32C;

/**
 * What is remembered about the few chunks that Fluent Bit flushes again, by chunk id. Bounded: at more than {@value
 * #MAX_CHUNKS}, the oldest is forgotten. All are forgotten when the process ends.
 *
 * <p>Thread-safe. While it is empty, the check costs a flush only one volatile read.
 */
final class ChunkMemory<V> {
  static final int MAX_CHUNKS = 64;

  private final Map<Long, V> chunks =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
          return size() > MAX_CHUNKS;
        }
      };
  private volatile boolean empty = true;

  /** Identifies a chunk that is flushed again: its checksum and its size. */
  static long id(ByteBuffer chunk) {
    CRC32C crc = new CRC32C();
    crc.update(chunk.duplicate());
    return crc.getValue() << Integer.SIZE | chunk.remaining();
  }

  boolean isEmpty() {
    return empty;
  }

  /** The value for a chunk, or null. */
  synchronized V get(long id) {
    return chunks.get(id);
  }

  /** Stores {@code value} for a chunk and replaces the previous value. */
  synchronized void put(long id, V value) {
    chunks.put(id, value);
    empty = false;
  }

  /**
   * Stores {@code value} for a chunk, joined with the previous value.
   *
   * @return the stored value
   */
  synchronized V merge(long id, V value, BinaryOperator<V> join) {
    empty = false;
    return chunks.merge(id, value, join);
  }

  synchronized void remove(long id) {
    chunks.remove(id);
    empty = chunks.isEmpty();
  }
}
