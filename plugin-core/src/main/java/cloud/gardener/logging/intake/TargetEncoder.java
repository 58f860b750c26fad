package cloud.gardener.logging.intake;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.queue.QueueEntry;
import java.util.List;

/**
 * Converts events that are not routed into entries for one target. The events are mapped as those of a chunk.
 *
 * <p>Not thread-safe.
 */
public final class TargetEncoder {
  private final EventDecoder decoder = new EventDecoder();
  private final RecordEncoder records;
  private final ChunkPart part = new ChunkPart();
  private final Target target;

  public TargetEncoder(PluginConfig config, Target target) {
    this.records = new RecordEncoder(config);
    this.target = target;
    begin();
  }

  private void begin() {
    part.begin(target, EntrySize.MIN_BYTES);
    records.begin(System.currentTimeMillis());
  }

  /**
   * Encodes all records of {@code events}.
   *
   * @param size bytes of {@code events}, from offset 0
   * @param observedUnixNano when they were observed
   */
  public void add(byte[] events, int size, long observedUnixNano) {
    records.setObservedTime(observedUnixNano);
    decoder.wrap(events, size);
    for (int kind = decoder.next(); kind != EventDecoder.END; kind = decoder.next()) {
      if (kind == EventDecoder.RECORD) {
        records.add(part, records.encode(decoder, null), decoder);
      }
    }
  }

  /** Number of records since the last {@link #clear}, without those that no request can hold. */
  public int records() {
    return part.records();
  }

  /** Number of records that no request can hold, even truncated. */
  public int oversized() {
    return part.oversized();
  }

  /** Ends the current entry; returns all entries since the last {@link #clear}. */
  public List<QueueEntry> entries() {
    records.endEntry(part);
    return part.entries();
  }

  /** Releases the entries. */
  public void clear() {
    part.clear();
    records.clear();
    begin();
  }
}
