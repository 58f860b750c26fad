package cloud.gardener.logging.intake;

import cloud.gardener.logging.otlp.LogEncoder;
import cloud.gardener.logging.otlp.RequestBuilder;
import cloud.gardener.logging.queue.QueueEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * One chunk's records for one target. A request ends at {@code maxRecords} records or the {@link EntrySize}, and
 * becomes one queue entry.
 *
 * <p>Not thread-safe. Allocates per entry, not per record.
 */
final class ChunkPart {
  private final List<QueueEntry> entries = new ArrayList<>();
  private RequestBuilder request = new RequestBuilder();
  private Target target;
  private int maxBytes;
  private int records;
  private int oversized;
  private int truncated;
  private int largestBytes;
  private int muted;

  /**
   * Starts a chunk.
   *
   * @param entryBytes maximum size of a request
   */
  void begin(Target next, int entryBytes) {
    target = next;
    maxBytes = entryBytes;
  }

  /** Adds the encoder's current record, which must not exceed the maximum size of a request. */
  void add(LogEncoder encoder, int maxRecords, long nowMs) {
    if (!target.needsEntries()) {
      records++;
      return;
    }
    if (request.records() > 0 && request.sizeWith(encoder) > maxBytes) {
      endEntry(nowMs);
    }
    request.add(encoder);
    records++;
    if (request.records() >= maxRecords) {
      endEntry(nowMs);
    }
  }

  /**
   * Adds a truncated record as an entry of its own, because another encoder encoded it.
   *
   * @param originalBytes size of its event
   */
  void addTruncated(LogEncoder encoder, int originalBytes, long nowMs) {
    endEntry(nowMs);
    request.add(encoder);
    records++;
    truncated++;
    largestBytes = Math.max(largestBytes, originalBytes);
    endEntry(nowMs);
  }

  /** Counts a record that is too large even when truncated. */
  void countOversized(int originalBytes) {
    oversized++;
    largestBytes = Math.max(largestBytes, originalBytes);
  }

  /** Counts a record that no target accepts in its shoot's state. */
  void countMuted() {
    muted++;
  }

  /** Ends the current request and makes it an entry, unless it is empty. */
  void endEntry(long nowMs) {
    if (request.records() == 0) {
      return;
    }
    int length = QueueEntry.HEADER_BYTES + request.sizeBytes();
    byte[] bytes = QueueEntry.newArray(length);
    request.writeTo(bytes, QueueEntry.HEADER_BYTES);
    entries.add(QueueEntry.seal(bytes, length, request.records(), nowMs));
    request.reset();
  }

  /** Releases the target and the entries, which are large. */
  void clear() {
    target = null;
    for (QueueEntry entry : entries) {
      if (entry.isOnDiskAlone()) {
        entry.release();
      }
    }
    entries.clear();
    request.reset();
    records = 0;
    oversized = 0;
    truncated = 0;
    largestBytes = 0;
    muted = 0;
  }

  Target target() {
    return target;
  }

  List<QueueEntry> entries() {
    return entries;
  }

  /** Number of records in the entries, or counted instead of them. */
  int records() {
    return records;
  }

  /** Number of records that no backend would accept: larger than a request may be even when truncated. */
  int oversized() {
    return oversized;
  }

  /** Number of truncated records in the entries. */
  int truncated() {
    return truncated;
  }

  /** Size of the largest event that was truncated or too large. */
  int largestBytes() {
    return largestBytes;
  }

  /** Number of records that no target accepts in their shoot's state. */
  int muted() {
    return muted;
  }

  /** Bytes of memory kept for the next chunk. */
  long retainedBytes() {
    return request.heldBytes();
  }

  /** Releases that memory. */
  void shrink() {
    request = new RequestBuilder();
  }
}
