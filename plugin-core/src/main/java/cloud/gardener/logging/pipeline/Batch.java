package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.queue.QueueEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Queue entries that travel as one request. A queue entry is a serialized request, and protobuf
 * merges repeated fields when messages are put one behind the other, so the entries' bytes in a row
 * are the request.
 *
 * <p>Not thread-safe: owned by the target's worker.
 */
final class Batch {
  /** Where a batch is on its way. */
  enum State {
    /** To be sent, for the first time or again. */
    WAITING,
    /** With the client. */
    SENDING,
    /** Answered for good: its entries may be removed from the queue. */
    DONE
  }

  private final List<QueueEntry> entries = new ArrayList<>();
  private int records;
  private int bytes;
  State state = State.WAITING;

  /** Whether {@code entry} fits beside what is here; the first entry always does. */
  boolean hasRoomFor(QueueEntry entry, int maxRecords, int maxBytes) {
    return entries.isEmpty()
        || (records + entry.records() <= maxRecords && bytes + entry.payloadBytes() <= maxBytes);
  }

  void add(QueueEntry entry) {
    entries.add(entry);
    records += entry.records();
    bytes += entry.payloadBytes();
  }

  int entries() {
    return entries.size();
  }

  int records() {
    return records;
  }

  ExportRequest toRequest() {
    List<ByteBuffer> parts = new ArrayList<>(entries.size());
    for (QueueEntry entry : entries) {
      parts.add(entry.payload());
    }
    return new ExportRequest(parts, records, bytes);
  }
}
