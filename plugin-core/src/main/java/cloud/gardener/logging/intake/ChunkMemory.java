package cloud.gardener.logging.intake;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.zip.CRC32C;

/**
 * What is remembered of the few chunks that come again, each known by its id. Bounded: the oldest of more
 * than {@value #MAX_CHUNKS} is forgotten, as all are when the process ends.
 *
 * <p>Thread-safe; asking whether there is anything costs one volatile read, which is all that a flush pays
 * while there is nothing.
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

  /** By which a chunk that comes again is known: its checksum and its size. */
  static long id(ByteBuffer chunk) {
    CRC32C crc = new CRC32C();
    crc.update(chunk.duplicate());
    return crc.getValue() << Integer.SIZE | chunk.remaining();
  }

  boolean isEmpty() {
    return empty;
  }

  /** What is remembered of a chunk, or null. */
  synchronized V find(long id) {
    return chunks.get(id);
  }

  /** Remembers {@code what} of a chunk, in place of what was remembered of it. */
  synchronized void remember(long id, V what) {
    chunks.put(id, what);
    empty = false;
  }

  /**
   * Remembers {@code what} of a chunk, joined with what was remembered of it.
   *
   * @return what is remembered now
   */
  synchronized V join(long id, V what, BinaryOperator<V> join) {
    empty = false;
    return chunks.merge(id, what, join);
  }

  synchronized void forget(long id) {
    chunks.remove(id);
    empty = chunks.isEmpty();
  }
}
