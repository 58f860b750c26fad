package cloud.gardener.logging.queue;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The dead letters of one output: what no retry can deliver, kept for a human. They are stored in segments, as in
 * any queue. The command-line tool reads them; the plugin itself never reads them back.
 *
 * <p>The size is bounded by {@link QueueFolder#DEAD_LETTER_BYTES}. A full queue accepts no more letters and keeps
 * what it has: the first letters show best what went wrong, and new ones must not replace them. Files that somebody
 * removes count until the next start.
 *
 * <p>Thread-safe.
 */
public final class DeadLetterQueue implements AutoCloseable {
  private final DiskQueue queue;

  DeadLetterQueue(DiskQueue queue) {
    this.queue = queue;
  }

  /**
   * Stores a letter.
   *
   * @param bytes as they would have been sent; read only during the call
   * @param records number of records in the bytes
   * @param format the format of the bytes, short and valid as a file name extension: {@code otlp}
   * @param reason for a human; must not contain secrets
   * @return the result of the append; the caller counts the records in any case
   */
  public AppendResult add(ByteBuffer bytes, int records, String format, String reason) {
    DeadLetter letter = new DeadLetter(format, reason, bytes);
    return queue.append(List.of(letter.toEntry(records, System.currentTimeMillis())));
  }

  /** Number of records in the stored letters. */
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
