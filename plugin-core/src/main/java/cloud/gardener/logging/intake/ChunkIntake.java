package cloud.gardener.logging.intake;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.log.ThrottledLog;
import cloud.gardener.logging.metrics.ErrorType;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.QueueEntry;
import cloud.gardener.logging.route.Routing;
import cloud.gardener.logging.route.RoutingTable;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Puts a chunk into the queues of its targets.
 *
 * <p>A chunk is accepted for all its targets or for none: all of them are checked for room before the first gets any
 * entry. When an append fails nevertheless, because the disk refuses, Fluent Bit flushes the chunk again, and it
 * goes only to the targets that do not have it yet ({@link PartialChunk}).
 *
 * <p>{@link #flush} may be called by several threads concurrently, and takes only the locks of the chunk's targets.
 */
public final class ChunkIntake {
  private static final Logger LOG = Logger.getLogger(ChunkIntake.class.getName());

  private final PluginConfig config;
  private final PluginMetrics metrics;
  private final Routing routing;
  private final Target seed;
  private final TargetDirectory targets;
  private final StartHold hold;
  private final DropCounter drops;
  private final FailedChunks failedChunks;
  private final ChunkMemory<PartialChunk> partialChunks = new ChunkMemory<>();
  private final ConcurrentLinkedQueue<ChunkEncoder> encoders = new ConcurrentLinkedQueue<>();
  private final ThrottledLog fullLog = new ThrottledLog(LOG, Level.WARNING);
  private final ThrottledLog missingTargetLog = new ThrottledLog(LOG, Level.WARNING);

  /**
   * @param targets the targets that routes name, besides the seed's
   * @param deadLetters stores the chunks on which the plugin fails
   * @param nanoTime a monotonic clock
   */
  public ChunkIntake(
      PluginConfig config,
      PluginMetrics metrics,
      Routing routing,
      Target seed,
      TargetDirectory targets,
      FailedChunks.DeadLetterBox deadLetters,
      LongSupplier nanoTime) {
    this.config = config;
    this.metrics = metrics;
    this.routing = routing;
    this.seed = seed;
    this.targets = targets;
    this.hold = new StartHold(config.controller().holdUntilSynced(), nanoTime);
    this.drops = new DropCounter(metrics, seed, config.queue().name());
    this.failedChunks = new FailedChunks(metrics, seed, deadLetters);
  }

  /**
   * Accepts one chunk.
   *
   * @param chunk Fluent Bit's log events; read only during the call
   * @param tag Fluent Bit's tag of the chunk
   */
  public FlushResult flush(ByteBuffer chunk, String tag) {
    long startNs = System.nanoTime();
    ChunkEncoder encoder = encoders.poll();
    if (encoder == null) {
      encoder = new ChunkEncoder(config, routing.newRouter(), seed, targets::find);
    }
    try {
      FlushResult result = flush(chunk, tag, encoder);
      if (result == FlushResult.OK) {
        failedChunks.onAccepted(chunk);
      }
      return result;
    } catch (RuntimeException | Error e) {
      return failedChunks.handleFailure(chunk, e);
    } finally {
      encoder.clear();
      if (encoder.isReusable()) {
        encoders.add(encoder);
      }
      metrics.flushed(System.nanoTime() - startNs);
    }
  }

  private FlushResult flush(ByteBuffer chunk, String tag, ChunkEncoder encoder) {
    if (config.dynamicHost().path().isEmpty() && !seed.hasRoom()) {
      return retryWhenFull(seed); // Known before the chunk is encoded: all records are the seed's.
    }
    PartialChunk previous =
        partialChunks.isEmpty() ? null : partialChunks.get(ChunkMemory.id(chunk));
    PartialChunk partial = previous == null ? PartialChunk.begin(routing.table()) : previous;
    int entryBytes = EntrySize.maxBytes(targets.size());
    encoder.encode(chunk, tag, partial.table(), entryBytes, System.currentTimeMillis());
    ChunkParts parts = encoder.parts();
    if (previous == null && holdIfNeeded(chunk, encoder, partial.table())) {
      metrics.chunkHeld();
      return FlushResult.RETRY;
    }
    if (parts.missingRoute() != null && previous == null) {
      String namespace = parts.missingRoute().namespace();
      missingTargetLog.log(() -> namespace + ": has no target yet, Fluent Bit keeps what is new");
      return FlushResult.RETRY;
    }
    for (int i = 0; i < parts.count(); i++) {
      ChunkPart part = parts.get(i);
      if (isPending(part, partial)
          && !part.target().hasRoom(QueueEntry.diskBytes(part.entries()))) {
        return retryWhenFull(part.target());
      }
    }
    FlushResult result = FlushResult.RETRY;
    try {
      result = append(parts, partial);
    } finally {
      updatePartialChunks(chunk, previous, partial, result);
    }
    if (result == FlushResult.OK) {
      drops.count(encoder, tag);
    }
    return result;
  }

  private boolean holdIfNeeded(ByteBuffer chunk, ChunkEncoder encoder, RoutingTable table) {
    if (encoder.undecided() > 0 && hold.isActive(table)) {
      return hold.hold(ChunkMemory.id(chunk), "the shoots are not known yet");
    }
    ChunkParts parts = encoder.parts();
    for (int i = 0; i < parts.count(); i++) {
      ChunkPart part = parts.get(i);
      if (part.records() > 0 && part.target().isImporting() && hold.isActive()) {
        return hold.hold(ChunkMemory.id(chunk), "targets import older records");
      }
    }
    return false;
  }

  private static boolean isPending(ChunkPart part, PartialChunk partial) {
    return part.records() > 0 && !partial.completed().contains(part.target());
  }

  /** Appends to one target after the other; a target that has its entries keeps them. */
  private FlushResult append(ChunkParts parts, PartialChunk partial) {
    for (int i = 0; i < parts.count(); i++) {
      ChunkPart part = parts.get(i);
      if (isPending(part, partial)) {
        AppendResult appended = part.target().append(part.entries(), part.records());
        if (appended != AppendResult.APPENDED) {
          return appended == AppendResult.FULL ? retryWhenFull(part.target()) : retryAfterDiskFailure();
        }
        if (parts.count() > 1) {
          partial.completed().add(part.target());
        }
      }
    }
    return FlushResult.OK;
  }

  private void updatePartialChunks(ByteBuffer chunk, PartialChunk previous, PartialChunk partial, FlushResult result) {
    if (result == FlushResult.OK) {
      if (previous != null) {
        partialChunks.remove(ChunkMemory.id(chunk));
      }
    } else if (!partial.completed().isEmpty()) {
      partialChunks.put(ChunkMemory.id(chunk), partial);
    }
  }

  private FlushResult retryAfterDiskFailure() {
    metrics.error(ErrorType.ENQUEUE);
    return FlushResult.RETRY;
  }

  private FlushResult retryWhenFull(Target target) {
    metrics.error(ErrorType.ENQUEUE);
    fullLog.log(
        () ->
            target.name()
                + ": the queue has reached DQueMaxBytes or DQueTotalMaxBytes, Fluent Bit keeps what"
                + " is new");
    return FlushResult.RETRY;
  }
}
