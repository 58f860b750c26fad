package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.log.ThrottledLog;
import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.DeadLetterQueue;
import java.nio.ByteBuffer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Stores what an output could not deliver for a human: see docs/dead-letters.md. The caller counts the records as
 * dropped even when there is no room.
 *
 * <p>Thread-safe.
 */
final class DeadLetters implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(DeadLetters.class.getName());

  /** The bytes of an ExportLogsServiceRequest. */
  private static final String OTLP = "otlp";

  /** The bytes of a chunk as Fluent Bit passed them. */
  private static final String MSGPACK = "msgpack";

  private final DeadLetterQueue queue;
  private final ThrottledLog refusedLog = new ThrottledLog(LOG, Level.WARNING);

  DeadLetters(DeadLetterQueue queue) {
    this.queue = queue;
  }

  /** Stores a request that no backend accepts. */
  void storeRequest(ExportRequest request, String reason) {
    ByteBuffer bytes = ByteBuffer.allocate(request.bytes());
    for (ByteBuffer part : request.parts()) {
      bytes.put(part.duplicate());
    }
    store(bytes.flip(), request.records(), OTLP, reason);
  }

  /** Stores a chunk that the plugin fails on; false when there is no room, or the disk refuses. */
  boolean storeChunk(ByteBuffer chunk, String reason) {
    return store(chunk, 0, MSGPACK, reason) == AppendResult.APPENDED;
  }

  private AppendResult store(ByteBuffer bytes, int records, String format, String reason) {
    AppendResult result = queue.add(bytes, records, format, reason);
    if (result != AppendResult.APPENDED) {
      refusedLog.log(
          () ->
              result == AppendResult.FULL
                  ? "the dead letters are full: what is given up now is lost, see docs/dead-letters.md"
                  : "the disk refuses a dead letter: it is lost");
    }
    return result;
  }

  @Override
  public void close() {
    queue.close();
  }
}
