package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.metrics.ErrorType;
import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.QueueException;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.CRC32C;

/**
 * One {@code [OUTPUT]} section at work: takes chunks from Fluent Bit and owns the targets that they
 * go to.
 *
 * <p>{@link #flush} may be called by several threads at once and takes no lock but that of the
 * target's own queue. {@link #close()} is called once, when no flush is running.
 */
public final class Output implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Output.class.getName());

  /** Attempts at a chunk that the plugin itself fails on; the last of them sets it aside. */
  static final int MAX_ATTEMPTS = 3;

  private final PluginConfig config;
  private final ProcessServices services;
  private final Targets targets;
  private final Target seed;
  private final FailedChunks failedChunks = new FailedChunks();
  private final ConcurrentLinkedQueue<ChunkEncoder> encoders = new ConcurrentLinkedQueue<>();
  private final QuietLog skippedLog = new QuietLog(LOG, Level.WARNING);
  private final QuietLog fullLog = new QuietLog(LOG, Level.WARNING);

  private Output(PluginConfig config, ProcessServices services, Targets targets)
      throws QueueException, ExportException {
    this.config = config;
    this.services = services;
    this.targets = targets;
    this.seed = targets.openSeed();
  }

  /**
   * Starts an output: recovers its queue and begins to send what an earlier run left there.
   *
   * @throws QueueException when the queue's folder cannot be used
   * @throws ExportException when the target cannot be made from its keys; both messages are one line
   *     for the user
   */
  public static Output open(PluginConfig config) throws QueueException, ExportException {
    ProcessServices services = ProcessServices.acquire(config);
    try {
      return new Output(config, services, new Targets(config, services));
    } catch (QueueException | ExportException | RuntimeException | Error e) {
      services.release();
      throw e;
    }
  }

  /**
   * Takes one chunk.
   *
   * @param chunk Fluent Bit's log events; read only during the call
   */
  public FlushResult flush(ByteBuffer chunk) {
    long startNs = System.nanoTime();
    ChunkEncoder encoder = encoders.poll();
    if (encoder == null) {
      encoder = new ChunkEncoder(config);
    }
    try {
      FlushResult result = flush(chunk, encoder);
      if (!failedChunks.isEmpty() && result == FlushResult.OK) {
        failedChunks.forget(checksum(chunk));
      }
      return result;
    } catch (RuntimeException | Error e) {
      return failed(chunk, e);
    } finally {
      encoder.clear();
      encoders.add(encoder);
      services.metrics().flushed(System.nanoTime() - startNs);
    }
  }

  private FlushResult flush(ByteBuffer chunk, ChunkEncoder encoder) {
    if (!seed.hasRoom()) {
      return full();
    }
    if (seed.wantsEntries()) {
      encoder.encode(chunk, System.currentTimeMillis());
    } else {
      encoder.count(chunk);
    }
    AppendResult appended = seed.append(encoder.entries());
    if (appended != AppendResult.APPENDED) {
      return appended == AppendResult.FULL ? full() : FlushResult.RETRY;
    }
    // Only now: a chunk that comes again must not count twice.
    seed.taken(encoder.records(), encoder.malformed(), encoder.oversized());
    int skipped = encoder.malformed() + encoder.oversized();
    if (skipped > 0) {
      skippedLog.log(
          () ->
              "skipped "
                  + skipped
                  + " records of a chunk: malformed, or larger than a request may be");
    }
    return FlushResult.OK;
  }

  private FlushResult full() {
    fullLog.log(
        () ->
            seed.name()
                + ": the queue has reached DQueMaxBytes or DQueTotalMaxBytes, Fluent Bit keeps what"
                + " is new");
    return FlushResult.RETRY;
  }

  /** The plugin itself failed on a chunk: a defect, or no memory. */
  private FlushResult failed(ByteBuffer chunk, Throwable defect) {
    int id = checksum(chunk);
    int attempts = failedChunks.failed(id);
    services.metrics().error(ErrorType.FLUSH);
    LOG.log(
        Level.SEVERE,
        defect,
        () -> "a defect met a chunk, attempt " + attempts + " of " + MAX_ATTEMPTS);
    if (attempts < MAX_ATTEMPTS) {
      return FlushResult.RETRY;
    }
    String reason = "the plugin failed on this chunk: " + defect;
    DeadLetters letters = targets.letters();
    if (letters != null && !letters.keepChunk(chunk, reason)) {
      return FlushResult.RETRY;
    }
    seed.setAside(count(chunk));
    failedChunks.forget(id);
    return FlushResult.OK;
  }

  /** The records of a chunk on which the plugin fails; 0 when it fails to count them, too. */
  private int count(ByteBuffer chunk) {
    ChunkEncoder counter = new ChunkEncoder(config);
    try {
      counter.count(chunk);
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "cannot count the records of the chunk that is put aside", e);
    }
    return counter.records();
  }

  private static int checksum(ByteBuffer chunk) {
    CRC32C crc = new CRC32C();
    crc.update(chunk.duplicate());
    return (int) crc.getValue();
  }

  /**
   * Sends what the backends take within {@code ShutdownGrace}, leaves the rest on disk, and frees
   * everything. Returns after the grace and a few seconds at the latest.
   */
  @Override
  public void close() {
    try {
      seed.drain(config.shutdownGrace());
      services.unwatch(seed);
      seed.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      targets.close();
      services.release();
    }
  }
}
