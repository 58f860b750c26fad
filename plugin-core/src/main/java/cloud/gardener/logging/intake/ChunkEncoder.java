package cloud.gardener.logging.intake;

import cloud.gardener.logging.config.BatchConfig;
import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.event.ChunkArray;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.otlp.LogEncoder;
import cloud.gardener.logging.route.Decision;
import cloud.gardener.logging.route.Route;
import cloud.gardener.logging.route.Router;
import cloud.gardener.logging.route.RoutingTable;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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

  private final ChunkArray array = new ChunkArray(BatchConfig.MAX_BYTES);
  private final EventDecoder decoder = new EventDecoder();
  private final RecordEncoder records;
  private final Router router;
  private final ChunkParts parts;

  private final int[] dropped = new int[DECISIONS.length];
  private final Map<String, AtomicInteger> unknownShoots = new HashMap<>();
  private int malformed;
  private int withoutMetadata;
  private int undecided;

  /** @param shoots the target of a namespace that a route names; null when there is none */
  ChunkEncoder(PluginConfig config, Router router, Target seed, Function<String, Target> shoots) {
    this.records = new RecordEncoder(config);
    this.router = router;
    this.parts = new ChunkParts(seed, shoots);
  }

  /**
   * Encodes {@code chunk}; its result stays available until {@link #clear()}.
   *
   * @param chunk Fluent Bit's log events, which are copied first
   * @param tag Fluent Bit's tag of the chunk
   * @param table the routing table to use
   * @param entryBytes maximum size of an entry
   * @param nowMs the records' observed time
   */
  void encode(ByteBuffer chunk, String tag, RoutingTable table, int entryBytes, long nowMs) {
    clear();
    records.begin(nowMs);
    parts.begin(entryBytes);
    router.begin(tag, table);
    array.copy(chunk);
    decoder.wrap(array);
    for (int kind = decoder.next(); kind != EventDecoder.END; kind = decoder.next()) {
      if (kind == EventDecoder.MALFORMED) {
        malformed++;
      } else {
        addRecord();
      }
    }
    for (int i = 0; i < parts.count(); i++) {
      records.endEntry(parts.get(i));
    }
  }

  private void addRecord() {
    Route route = router.route(decoder);
    if (!router.hasMetadata()) {
      withoutMetadata++;
    }
    if (route.isUndecided()) {
      undecided++;
    }
    Decision decision = route.decision();
    boolean isShoots = decision.toShoot() || decision == Decision.MUTED;
    ChunkPart shoot = isShoots ? parts.forRoute(route) : null;
    if (decision == Decision.MUTED && shoot != null) {
      shoot.countMuted();
      return;
    }
    if (decision == Decision.NO_CLIENT) {
      countUnknownShoot(route.claimedNamespace());
      return;
    }
    if (decision.isDrop()) {
      dropped[decision.ordinal()]++;
      return;
    }
    ChunkPart seed = decision.toSeed() ? parts.seed() : null;
    LogEncoder encoded =
        needsEntries(seed) || needsEntries(shoot)
            ? records.encode(decoder, router.tagMetadata())
            : records.encoder();
    if (seed != null) {
      records.add(seed, encoded, decoder);
    }
    if (shoot != null) {
      records.add(shoot, encoded, decoder);
    } else if (decision.toShoot()) {
      parts.markMissing(route);
      countUnknownShoot(route.namespace());
    }
  }

  private void countUnknownShoot(String namespace) {
    AtomicInteger records = unknownShoots.get(namespace);
    if (records == null) {
      records = new AtomicInteger();
      unknownShoots.put(namespace, records);
    }
    records.setPlain(records.getPlain() + 1);
  }

  private static boolean needsEntries(ChunkPart part) {
    return part != null && part.target().needsEntries();
  }

  /** Releases the chunk's entries. */
  void clear() {
    parts.clear();
    records.clear();
    for (int i = 0; i < dropped.length; i++) {
      dropped[i] = 0;
    }
    unknownShoots.clear();
    malformed = 0;
    withoutMetadata = 0;
    undecided = 0;
  }

  /** Whether this encoder may be used for another chunk: one that has read a very large chunk still refers to it. */
  boolean isReusable() {
    return !array.isLarge();
  }

  /** The chunk's entries for each target. */
  ChunkParts parts() {
    return parts;
  }

  /** Number of records without a destination that no shoot's target counts. */
  int dropped(Decision decision) {
    return dropped[decision.ordinal()];
  }

  /** Number of records for shoots without a target, by namespace. */
  Map<String, AtomicInteger> unknownShoots() {
    return unknownShoots;
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
