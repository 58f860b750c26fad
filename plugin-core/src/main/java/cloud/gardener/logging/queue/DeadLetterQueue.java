package cloud.gardener.logging.queue;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The dead letters of one output: what no retry would ever deliver, kept for a human. Segments as any
 * queue's, which {@link SegmentDump} reads; nothing here reads them back.
 *
 * <p>Bounded by {@link QueueFolder#DEAD_LETTER_BYTES}. When full it takes no more, and keeps what it has:
 * the first letters tell best what went wrong, and a stream of new ones must not push them out. Files that
 * somebody takes away count until the next start.
 *
 * <p>Thread-safe.
 */
public final class DeadLetterQueue implements AutoCloseable {
  private final DiskQueue queue;

  DeadLetterQueue(DiskQueue queue) {
    this.queue = queue;
  }

  /**
   * Keeps a letter.
   *
   * @param bytes as they would have been sent; read only during the call
   * @param records in them
   * @param format what the bytes are, short and fit for the end of a file's name: {@code otlp}
   * @param reason for a human; no secret may be in it
   * @return what became of it; the caller counts the records in any case
   */
  public AppendResult add(ByteBuffer bytes, int records, String format, String reason) {
    DeadLetter letter = new DeadLetter(format, reason, bytes);
    return queue.append(List.of(letter.toEntry(records, System.currentTimeMillis())));
  }

  /** Records in the letters kept. */
  public long records() {
    return queue.records();
  }

  /** Bytes on disk. */
  public long bytes() {
    return queue.bytes();
  }

  @Override
  public void close() {
    queue.close();
  }
}
