package cloud.gardener.logging.intake;

import cloud.gardener.logging.config.BatchConfig;
import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.Version;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.TagMetadata;
import cloud.gardener.logging.otlp.LogEncoder;
import cloud.gardener.logging.otlp.Truncation;
import java.util.concurrent.TimeUnit;

/**
 * Encodes a decoder's records and adds them to parts. Records that are too large for a request are truncated.
 *
 * <p>Not thread-safe. Allocates only for entries and for records that must be truncated.
 */
final class RecordEncoder {
  private final PluginConfig config;
  private final LogEncoder encoder;
  private Truncation truncation;
  private long nowMs;
  private long observedUnixNano;

  RecordEncoder(PluginConfig config) {
    this.config = config;
    this.encoder = newEncoder();
  }

  private LogEncoder newEncoder() {
    return new LogEncoder(config.mapping(), Version.current());
  }

  /**
   * Starts a chunk.
   *
   * @param chunkMs the time of its entries and, unless {@link #setObservedTime} says otherwise, of the records' observation
   */
  void begin(long chunkMs) {
    nowMs = chunkMs;
    truncation = null;
    setObservedTime(TimeUnit.MILLISECONDS.toNanos(chunkMs));
  }

  /** Sets the time at which the next records were observed. */
  void setObservedTime(long unixNano) {
    observedUnixNano = unixNano;
    encoder.begin(unixNano);
  }

  /** The encoder of the last record; for records that are only counted, any encoder. */
  LogEncoder encoder() {
    return encoder;
  }

  /**
   * Encodes the record: with the regular encoder, or with another one when it must be truncated; null when that
   * fails.
   */
  LogEncoder encode(EventDecoder event, TagMetadata tag) {
    if (Truncation.encodeWhole(encoder, event, tag, BatchConfig.MAX_BYTES)) {
      return encoder;
    }
    if (truncation == null) {
      truncation = new Truncation(this::newStartedEncoder);
    }
    return truncation.truncate(event, tag, BatchConfig.MAX_BYTES);
  }

  private LogEncoder newStartedEncoder() {
    LogEncoder fresh = newEncoder();
    fresh.begin(observedUnixNano);
    return fresh;
  }

  /**
   * Adds the record to a part.
   *
   * @param encoded the result of {@link #encode}
   */
  void add(ChunkPart part, LogEncoder encoded, EventDecoder event) {
    if (encoded == encoder || !part.target().needsEntries()) {
      part.add(encoder, config.batch().maxRecords(), nowMs);
    } else if (encoded != null) {
      part.addTruncated(encoded, event.sizeBytes(), nowMs);
    } else {
      part.countOversized(event.sizeBytes());
    }
  }

  /** Ends the part's current request. */
  void endEntry(ChunkPart part) {
    part.endEntry(nowMs);
  }

  /** Releases what a truncation holds. */
  void clear() {
    truncation = null;
  }
}
