package cloud.gardener.logging.intake;

import cloud.gardener.logging.log.QuietLog;
import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.route.Decision;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Counts the records of a chunk that are in no queue. Call it only when the chunk is accepted: a chunk that is
 * flushed again must not count twice.
 *
 * <p>Thread-safe.
 */
final class DropCount {
  private static final Logger LOG = Logger.getLogger(DropCount.class.getName());

  private final PluginMetrics metrics;
  private final Target seed;
  private final String output;
  private final QuietLog skippedLog = new QuietLog(LOG, Level.WARNING);
  private final QuietLog tooLargeLog = new QuietLog(LOG, Level.WARNING);

  /**
   * @param seed counts the records that belong to no shoot's target
   * @param output its queue's name, for the metrics
   */
  DropCount(PluginMetrics metrics, Target seed, String output) {
    this.metrics = metrics;
    this.seed = seed;
    this.output = output;
  }

  void count(ChunkEncoder encoder, String tag) {
    Slots slots = encoder.slots();
    int skipped = encoder.malformed();
    for (int i = 0; i < slots.count(); i++) {
      Slot slot = slots.get(i);
      slot.target().dropped(DropReason.RECORD_TOO_LARGE, slot.oversized());
      slot.target().dropped(DropReason.MUTED, slot.muted());
      if (slot.truncated() + slot.oversized() > 0) {
        tooLarge(slot, tag);
      }
    }
    seed.dropped(DropReason.MALFORMED, encoder.malformed());
    seed.dropped(DropReason.MUTED, encoder.dropped(Decision.MUTED));
    seed.dropped(DropReason.TESTING, encoder.dropped(Decision.TESTING));
    seed.dropped(DropReason.NO_METADATA, encoder.dropped(Decision.NO_METADATA));
    seed.dropped(
        DropReason.NO_CLIENT, encoder.dropped(Decision.NO_CLIENT) + slots.missedRecords());
    if (encoder.withoutMetadata() > 0) {
      metrics.withoutMetadata(encoder.withoutMetadata());
    }
    if (skipped > 0) {
      skippedLog.log(
          () -> "skipped " + skipped + " records with the tag " + tag + ": they are no log events");
    }
  }

  private void tooLarge(Slot slot, String tag) {
    int cut = slot.truncated();
    int lost = slot.oversized();
    String target = slot.target().name();
    int bytes = slot.largestBytes();
    metrics.output(output).truncated(cut);
    tooLargeLog.log(
        () ->
            target + ": records too large for a request, with the tag " + tag + ", the largest of "
                + bytes + " bytes: " + cut + " cut and marked with log.truncated, " + lost + " lost");
  }
}
