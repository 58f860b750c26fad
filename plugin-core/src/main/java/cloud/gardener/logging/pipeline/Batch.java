package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.otlp.RequestSlice;
import cloud.gardener.logging.queue.QueueEntry;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Queue entries that travel together, and leave the queue together. A queue entry is a serialized
 * request, and protobuf merges repeated fields when messages are put one behind the other, so the
 * entries' bytes in a row are one request.
 *
 * <p>A batch that a backend does not take as a whole is {@link #split} and sent in parts, one after the
 * other and in order, until each record has been answered.
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

  /** The records {@code from} (inclusive) to {@code to} (exclusive) of the batch. */
  private record Part(int from, int to) {
    int records() {
      return to - from;
    }
  }

  private final List<QueueEntry> entries = new ArrayList<>();
  private final ArrayDeque<Part> parts = new ArrayDeque<>();
  private int records;
  private int bytes;
  State state = State.WAITING;

  /** Whether the rate limit holds the part back that is to be sent next. */
  boolean throttled;

  /** Whether {@code entry} fits beside what is here; the first entry always does. */
  boolean hasRoomFor(QueueEntry entry, int maxRecords, int maxBytes) {
    return entries.isEmpty()
        || (records + entry.records() <= maxRecords && bytes + entry.payloadBytes() <= maxBytes);
  }

  /** Adds an entry; only before the first request. */
  void add(QueueEntry entry) {
    entries.add(entry);
    records += entry.records();
    bytes += entry.payloadBytes();
    parts.clear();
    parts.add(new Part(0, records));
  }

  int entries() {
    return entries.size();
  }

  int records() {
    return records;
  }

  /** Bytes of all entries. */
  int bytes() {
    return bytes;
  }

  /** Records of the part that is to be sent next. */
  int partRecords() {
    return parts.getFirst().records();
  }

  /** The part that is to be sent next, or is with the client. */
  ExportRequest request() {
    Part part = parts.getFirst();
    List<ByteBuffer> buffers = new ArrayList<>(entries.size());
    int length = 0;
    int first = 0;
    for (QueueEntry entry : entries) {
      int from = Math.max(part.from - first, 0);
      int to = Math.min(part.to - first, entry.records());
      if (from < to) {
        boolean whole = to - from == entry.records();
        ByteBuffer slice = whole ? entry.payload() : RequestSlice.of(entry.payload(), from, to);
        buffers.add(slice);
        length += slice.remaining();
      }
      first += entry.records();
    }
    return new ExportRequest(buffers, part.records(), length);
  }

  /** The part has been answered for good. */
  void answered() {
    parts.removeFirst();
    state = parts.isEmpty() ? State.DONE : State.WAITING;
  }

  /** Makes two parts of the part that was refused; false when it is a single record. */
  boolean split() {
    Part part = parts.getFirst();
    if (part.records() < 2) {
      return false;
    }
    int middle = part.from + part.records() / 2;
    parts.removeFirst();
    parts.addFirst(new Part(middle, part.to));
    parts.addFirst(new Part(part.from, middle));
    state = State.WAITING;
    return true;
  }
}
