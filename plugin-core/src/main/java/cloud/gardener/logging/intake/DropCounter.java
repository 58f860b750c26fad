package cloud.gardener.logging.intake;

import cloud.gardener.logging.log.ThrottledLog;
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
final class DropCounter {
  private static final Logger LOG = Logger.getLogger(DropCounter.class.getName());

  private final PluginMetrics metrics;
  private final Target seed;
  private final String output;
  private final ThrottledLog skippedLog = new ThrottledLog(LOG, Level.WARNING);
  private final ThrottledLog tooLargeLog = new ThrottledLog(LOG, Level.WARNING);

  /**
   * @param seed counts the records that belong to no shoot's target
   * @param output its queue's name, for the metrics
   */
  DropCounter(PluginMetrics metrics, Target seed, String output) {
    this.metrics = metrics;
    this.seed = seed;
    this.output = output;
  }

  void count(ChunkEncoder encoder, String tag) {
    ChunkParts parts = encoder.parts();
    int skipped = encoder.malformed();
    for (int i = 0; i < parts.count(); i++) {
      ChunkPart part = parts.get(i);
      part.target().dropped(DropReason.RECORD_TOO_LARGE, part.oversized());
      part.target().dropped(DropReason.MUTED, part.muted());
      if (part.truncated() + part.oversized() > 0) {
        tooLarge(part, tag);
      }
    }
    seed.dropped(DropReason.MALFORMED, encoder.malformed());
    seed.dropped(DropReason.MUTED, encoder.dropped(Decision.MUTED));
    seed.dropped(DropReason.TESTING, encoder.dropped(Decision.TESTING));
    seed.dropped(DropReason.NO_METADATA, encoder.dropped(Decision.NO_METADATA));
    seed.dropped(
        DropReason.NO_CLIENT, encoder.dropped(Decision.NO_CLIENT) + parts.missedRecords());
    if (encoder.withoutMetadata() > 0) {
      metrics.withoutMetadata(encoder.withoutMetadata());
    }
    if (skipped > 0) {
      skippedLog.log(
          () -> "skipped " + skipped + " records with the tag " + tag + ": they are no log events");
    }
  }

  private void tooLarge(ChunkPart part, String tag) {
    int cut = part.truncated();
    int lost = part.oversized();
    String target = part.target().name();
    int bytes = part.largestBytes();
    metrics.output(output).truncated(cut);
    tooLargeLog.log(
        () ->
            target + ": records too large for a request, with the tag " + tag + ", the largest of "
                + bytes + " bytes: " + cut + " cut and marked with log.truncated, " + lost + " lost");
  }
}
