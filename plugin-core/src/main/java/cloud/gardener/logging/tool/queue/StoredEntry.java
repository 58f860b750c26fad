package cloud.gardener.logging.tool.queue;

import cloud.gardener.logging.queue.DeadLetter;
import cloud.gardener.logging.queue.segment.EntryLayout;
import java.nio.ByteBuffer;
import java.time.Instant;

/** The content of an entry: a queue entry or a dead letter. */
final class StoredEntry {
  /** A queue's entries are serialized ExportLogsServiceRequests. */
  private static final String QUEUE_FORMAT = "otlp";

  private final int records;
  private final Instant time;
  private final boolean intact;
  private final DeadLetter letter;
  private final ByteBuffer payload;

  private StoredEntry(int records, Instant time, boolean intact, DeadLetter letter, ByteBuffer all) {
    this.records = records;
    this.time = time;
    this.intact = intact;
    this.letter = letter;
    this.payload = letter == null ? all : letter.bytes();
  }

  /** Parses the entry in {@code bytes}, which begin with a valid entry header. */
  static StoredEntry of(byte[] bytes) {
    EntryLayout.repairHeader(bytes, 0);
    boolean intact = EntryLayout.isPayloadIntact(bytes, bytes.length);
    ByteBuffer all =
        ByteBuffer.wrap(bytes, EntryLayout.HEADER_BYTES, bytes.length - EntryLayout.HEADER_BYTES)
            .slice();
    boolean dead = EntryLayout.magic(bytes, 0) == EntryLayout.DEAD_LETTER;
    return new StoredEntry(
        EntryLayout.records(bytes, 0),
        Instant.ofEpochMilli(EntryLayout.timeMs(bytes, 0)),
        intact,
        dead && intact ? DeadLetter.parse(all.duplicate()) : null,
        all);
  }

  int records() {
    return records;
  }

  Instant time() {
    return time;
  }

  boolean isIntact() {
    return intact;
  }

  /** Whether the payload is a serialized ExportLogsServiceRequest. */
  boolean isOtlp() {
    return format().equals(QUEUE_FORMAT);
  }

  /** The format, as a file name extension. */
  String format() {
    return letter == null ? QUEUE_FORMAT : letter.format().replaceAll("[^A-Za-z0-9]", "_");
  }

  byte[] payload() {
    byte[] copy = new byte[payload.remaining()];
    payload.duplicate().get(copy);
    return copy;
  }

  /** A description in one line. */
  String describe() {
    String line = records + " records of " + time + ", " + payload.remaining() + " bytes";
    if (!intact) {
      return line + ", damaged";
    }
    return letter == null
        ? line
        : line + ", dead: " + letter.reason().replaceAll("\\p{Cntrl}", " ");
  }
}
