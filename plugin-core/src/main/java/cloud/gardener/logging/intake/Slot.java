package cloud.gardener.logging.intake;

import cloud.gardener.logging.otlp.LogEncoder;
import cloud.gardener.logging.otlp.RequestBuilder;
import cloud.gardener.logging.queue.QueueEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * What one chunk holds for one target. A request is cut at {@code maxRecords} records or
 * {@link EntrySize}, and becomes one queue entry.
 *
 * <p>Not thread-safe. Allocates per entry, not per record.
 */
final class Slot {
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
   * Begins a chunk.
   *
   * @param entryBytes at which a request is cut
   */
  void begin(Target next, int entryBytes) {
    target = next;
    maxBytes = entryBytes;
  }

  /** Adds the encoder's current record, which is not larger than a request may be. */
  void add(LogEncoder encoder, int maxRecords, long nowMs) {
    if (!target.wantsEntries()) {
      records++;
      return;
    }
    if (request.records() > 0 && request.sizeWith(encoder) > maxBytes) {
      cut(nowMs);
    }
    request.add(encoder);
    records++;
    if (request.records() >= maxRecords) {
      cut(nowMs);
    }
  }

  /**
   * Adds a record that was cut, as an entry of its own: it was encoded by another encoder.
   *
   * @param originalBytes of its event
   */
  void addTruncated(LogEncoder encoder, int originalBytes, long nowMs) {
    cut(nowMs);
    request.add(encoder);
    records++;
    truncated++;
    largestBytes = Math.max(largestBytes, originalBytes);
    cut(nowMs);
  }

  /** Counts a record that is too large, however it is cut. */
  void dropTooLarge(int originalBytes) {
    oversized++;
    largestBytes = Math.max(largestBytes, originalBytes);
  }

  /** Counts a record that its shoot's state keeps from everybody. */
  void mute() {
    muted++;
  }

  /** Closes the request at hand, if it holds anything, and makes it an entry. */
  void cut(long nowMs) {
    if (request.records() == 0) {
      return;
    }
    byte[] bytes = new byte[QueueEntry.HEADER_BYTES + request.sizeBytes()];
    request.writeTo(bytes, QueueEntry.HEADER_BYTES);
    entries.add(QueueEntry.seal(bytes, bytes.length, request.records(), nowMs));
    request.reset();
  }

  /** Lets go of the target and the entries, which are large. */
  void clear() {
    target = null;
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

  /** Records in the entries, or counted. */
  int records() {
    return records;
  }

  /** Records that no backend would take: one alone is larger than a request may be, however it is cut. */
  int oversized() {
    return oversized;
  }

  /** Records in the entries that were cut to fit. */
  int truncated() {
    return truncated;
  }

  /** Of the largest event that was cut or too large. */
  int largestBytes() {
    return largestBytes;
  }

  /** Records that nobody wants in their shoot's state. */
  int muted() {
    return muted;
  }

  /** What is kept in memory for the next chunk, in bytes. */
  long heldBytes() {
    return request.heldBytes();
  }

  /** Gives that memory back. */
  void shrink() {
    request = new RequestBuilder();
  }
}
