package cloud.gardener.logging.intake;

import cloud.gardener.logging.config.BatchConfig;
import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.Version;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.TagMetadata;
import cloud.gardener.logging.otlp.LogEncoder;
import cloud.gardener.logging.otlp.Truncation;
import cloud.gardener.logging.route.Decision;
import cloud.gardener.logging.route.Route;
import cloud.gardener.logging.route.Router;
import cloud.gardener.logging.route.RoutingTable;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Converts one chunk into queue entries for each target that it has records for. Encoding the same chunk again with
 * the same table yields the same records per target.
 *
 * <p>A record is routed and encoded once, however many targets get it, without an allocation. Allocations occur for
 * entries, for namespaces seen for the first time, and for records that must be truncated. Not thread-safe: used by
 * one flush at a time.
 */
final class ChunkEncoder {
  private static final Decision[] DECISIONS = Decision.values();

  private final EventDecoder decoder = new EventDecoder();
  private final PluginConfig config;
  private final LogEncoder encoder;
  private final Router router;
  private final int maxRecords;
  private final ChunkParts parts;

  private final int[] dropped = new int[DECISIONS.length];
  private Truncation truncation;
  private int malformed;
  private int withoutMetadata;
  private int undecided;

  /** @param shoots the target of a namespace that a route names; null when there is none */
  ChunkEncoder(PluginConfig config, Router router, Target seed, Function<String, Target> shoots) {
    this.config = config;
    this.encoder = newEncoder();
    this.router = router;
    this.maxRecords = config.batch().maxRecords();
    this.parts = new ChunkParts(seed, shoots);
  }

  private LogEncoder newEncoder() {
    return new LogEncoder(config.mapping(), Version.current());
  }

  private static LogEncoder begin(LogEncoder encoder, long nowMs) {
    encoder.begin(TimeUnit.MILLISECONDS.toNanos(nowMs));
    return encoder;
  }

  /**
   * Encodes {@code chunk}; its result stays available until {@link #clear()}.
   *
   * @param tag Fluent Bit's tag of the chunk
   * @param table the routing table to use
   * @param entryBytes maximum size of an entry
   * @param nowMs the records' observed time
   */
  void encode(ByteBuffer chunk, String tag, RoutingTable table, int entryBytes, long nowMs) {
    clear();
    begin(encoder, nowMs);
    parts.begin(entryBytes);
    router.begin(tag, table);
    decoder.wrap(chunk, chunk.remaining());
    for (int kind = decoder.next(); kind != EventDecoder.END; kind = decoder.next()) {
      if (kind == EventDecoder.MALFORMED) {
        malformed++;
      } else {
        add(nowMs);
      }
    }
    for (int i = 0; i < parts.count(); i++) {
      parts.get(i).cut(nowMs);
    }
  }

  private void add(long nowMs) {
    Route route = router.route(decoder);
    if (!router.hasMetadata()) {
      withoutMetadata++;
    }
    if (route.isUndecided()) {
      undecided++;
    }
    Decision decision = route.decision();
    boolean isShoots = decision.toShoot() || decision == Decision.MUTED;
    ChunkPart shoot = isShoots ? parts.of(route) : null;
    if (decision == Decision.MUTED && shoot != null) {
      shoot.mute();
      return;
    }
    if (decision.isDrop()) {
      dropped[decision.ordinal()]++;
      return;
    }
    ChunkPart seed = decision.toSeed() ? parts.seed() : null;
    LogEncoder encoded = wantsEntries(seed) || wantsEntries(shoot) ? encode(nowMs) : encoder;
    if (seed != null) {
      add(seed, encoded, nowMs);
    }
    if (shoot != null) {
      add(shoot, encoded, nowMs);
    } else if (decision.toShoot()) {
      parts.missed(route);
    }
  }

  /**
   * Encodes the record: with the regular encoder, or with another one when it must be truncated; null when that
   * fails.
   */
  private LogEncoder encode(long nowMs) {
    TagMetadata tag = router.tagMetadata();
    if (Truncation.encodeWhole(encoder, decoder, tag, BatchConfig.MAX_BYTES)) {
      return encoder;
    }
    if (truncation == null) {
      truncation = new Truncation(() -> begin(newEncoder(), nowMs));
    }
    return truncation.cut(decoder, tag, BatchConfig.MAX_BYTES);
  }

  private void add(ChunkPart part, LogEncoder encoded, long nowMs) {
    if (encoded == encoder || !part.target().wantsEntries()) {
      part.add(encoder, maxRecords, nowMs);
    } else if (encoded != null) {
      part.addTruncated(encoded, decoder.sizeBytes(), nowMs);
    } else {
      part.dropTooLarge(decoder.sizeBytes());
    }
  }

  private static boolean wantsEntries(ChunkPart part) {
    return part != null && part.target().wantsEntries();
  }

  /** Releases the chunk's entries. */
  void clear() {
    parts.clear();
    truncation = null;
    for (int i = 0; i < dropped.length; i++) {
      dropped[i] = 0;
    }
    malformed = 0;
    withoutMetadata = 0;
    undecided = 0;
  }

  /** The chunk's entries for each target. */
  ChunkParts parts() {
    return parts;
  }

  /** Number of records without a destination that no shoot's target counts. */
  int dropped(Decision decision) {
    return dropped[decision.ordinal()];
  }

  /** Number of records that could not be parsed. */
  int malformed() {
    return malformed;
  }

  /** Number of records whose namespace may belong to a shoot that is not known yet. */
  int undecided() {
    return undecided;
  }

  /** Number of inspected records without Kubernetes metadata. */
  int withoutMetadata() {
    return withoutMetadata;
  }
}
