package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.otlp.LogEncoder;
import cloud.gardener.logging.otlp.RequestBuilder;
import cloud.gardener.logging.queue.EntryLayout;
import cloud.gardener.logging.queue.QueueEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns one chunk into queue entries: each an OTLP request of at most {@code maxRecords} records and
 * {@link Batcher#MAX_BATCH_BYTES}. The same chunk gives the same entries again.
 *
 * <p>Allocates per entry, not per record. Not thread-safe: one flush uses it at a time.
 */
final class ChunkEncoder {
  private final EventDecoder decoder = new EventDecoder();
  private final RequestBuilder request = new RequestBuilder();
  private final LogEncoder encoder;
  private final int maxRecords;

  private final List<QueueEntry> entries = new ArrayList<>();
  private int records;
  private int malformed;
  private int oversized;

  ChunkEncoder(PluginConfig config) {
    this.encoder = new LogEncoder(config.mapping(), Version.current());
    this.maxRecords = config.batch().maxRecords();
  }

  /** Encodes {@code chunk}; what it held can be asked for until the next call. */
  void encode(ByteBuffer chunk, long nowMs) {
    clear();
    decoder.wrap(chunk, chunk.remaining());
    for (int kind = decoder.next(); kind != EventDecoder.END; kind = decoder.next()) {
      if (kind == EventDecoder.MALFORMED) {
        malformed++;
      } else {
        add(nowMs);
      }
    }
    cut(nowMs);
  }

  /** Counts the records of {@code chunk} without encoding them. */
  void count(ByteBuffer chunk) {
    clear();
    decoder.wrap(chunk, chunk.remaining());
    for (int kind = decoder.next(); kind != EventDecoder.END; kind = decoder.next()) {
      if (kind == EventDecoder.MALFORMED) {
        malformed++;
      } else {
        records++;
      }
    }
  }

  private void add(long nowMs) {
    encoder.encode(decoder);
    if (request.records() > 0 && request.sizeWith(encoder) > Batcher.MAX_BATCH_BYTES) {
      cut(nowMs);
    }
    if (request.records() == 0 && request.sizeWith(encoder) > Batcher.MAX_BATCH_BYTES) {
      oversized++;
      return;
    }
    request.add(encoder);
    records++;
    if (request.records() >= maxRecords) {
      cut(nowMs);
    }
  }

  /** Closes the request at hand, if it holds anything, and makes it an entry. */
  private void cut(long nowMs) {
    if (request.records() == 0) {
      return;
    }
    byte[] bytes = new byte[EntryLayout.HEADER_BYTES + request.sizeBytes()];
    request.writeTo(bytes, EntryLayout.HEADER_BYTES);
    entries.add(QueueEntry.seal(bytes, bytes.length, request.records(), nowMs));
    request.reset();
  }

  /** Lets go of the entries, which are large. */
  void clear() {
    entries.clear();
    request.reset();
    records = 0;
    malformed = 0;
    oversized = 0;
  }

  List<QueueEntry> entries() {
    return entries;
  }

  /** Records in the entries, or counted. */
  int records() {
    return records;
  }

  /** Records that could not be read. */
  int malformed() {
    return malformed;
  }

  /** Records that no backend would take: one alone is larger than a request may be. */
  int oversized() {
    return oversized;
  }
}
