package cloud.gardener.logging.intake;

import cloud.gardener.logging.log.ThrottledLog;
import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.route.Decision;
import java.util.Optional;
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

  private static final Decision[] DECISIONS = Decision.values();

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
      part.target().countDropped(DropReason.RECORD_TOO_LARGE, part.oversized());
      part.target().countMuted(part.muted());
      if (part.truncated() + part.oversized() > 0) {
        reportTooLarge(part, tag);
      }
    }
    seed.countDropped(DropReason.MALFORMED, encoder.malformed());
    for (Decision decision : DECISIONS) {
      reason(decision).ifPresent(reason -> seed.countDropped(reason, encoder.dropped(decision)));
    }
    seed.countMuted(encoder.dropped(Decision.MUTED));
    encoder.unknownShoots().forEach((namespace, records) -> metrics.unknownShootDropped(output, namespace, records.get()));
    if (encoder.withoutMetadata() > 0) {
      metrics.metadataMissing(encoder.withoutMetadata());
    }
    if (skipped > 0) {
      skippedLog.log(
          () -> "skipped " + skipped + " records with the tag " + tag + ": they are no log events");
    }
  }

  /** The reason under which the seed's target counts a dropped record; empty for all others. */
  static Optional<DropReason> reason(Decision decision) {
    return switch (decision) {
      case SEED, SHOOT, BOTH -> Optional.empty();
      case MUTED, NO_CLIENT -> Optional.empty(); // Counted apart: muted records, and unknown shoots by name.
      case TESTING -> Optional.of(DropReason.TESTING);
      case NO_METADATA -> Optional.of(DropReason.NO_METADATA);
    };
  }

  private void reportTooLarge(ChunkPart part, String tag) {
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
