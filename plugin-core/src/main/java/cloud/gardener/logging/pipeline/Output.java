package cloud.gardener.logging.pipeline;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.metrics.DropReason;
import cloud.gardener.logging.metrics.ErrorType;
import cloud.gardener.logging.queue.AppendResult;
import cloud.gardener.logging.queue.QueueEntry;
import cloud.gardener.logging.queue.QueueException;
import cloud.gardener.logging.route.Decision;
import cloud.gardener.logging.route.Routing;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.CRC32C;

/**
 * One {@code [OUTPUT]} section at work: takes chunks from Fluent Bit and owns the targets that they
 * go to.
 *
 * <p>A chunk is taken for all its targets or for none: room is looked for at all of them before the first
 * gets anything. Where one fails all the same, because its disk refuses, the chunk comes again and goes to
 * those only that have not got it ({@link Partial}).
 *
 * <p>{@link #flush} may be called by several threads at once and takes no lock but those of the
 * targets that the chunk goes to. {@link #close()} is called once, when no flush is running.
 */
public final class Output implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Output.class.getName());

  /** Attempts at a chunk that the plugin itself fails on; the last of them sets it aside. */
  static final int MAX_ATTEMPTS = 3;

  private final PluginConfig config;
  private final ProcessServices services;
  private final Targets targets;
  private final Target seed;
  private final Routing routing;
  private final ShootTargets shoots;
  private final ShootWatch watch;
  private final StartHold hold;

  /** How often the plugin failed on a chunk. One that is forgotten has all its attempts before it again. */
  private final ChunkMemory<Integer> failedChunks = new ChunkMemory<>();

  private final ChunkMemory<Partial> partialChunks = new ChunkMemory<>();
  private final ConcurrentLinkedQueue<ChunkEncoder> encoders = new ConcurrentLinkedQueue<>();
  private final QuietLog skippedLog = new QuietLog(LOG, Level.WARNING);
  private final QuietLog tooLargeLog = new QuietLog(LOG, Level.WARNING);
  private final QuietLog fullLog = new QuietLog(LOG, Level.WARNING);
  private final QuietLog missedLog = new QuietLog(LOG, Level.WARNING);

  private Output(
      PluginConfig config,
      ProcessServices services,
      Targets targets,
      Target seed,
      Routing routing,
      ShootTargets shoots,
      ShootWatch watch) {
    this.config = config;
    this.services = services;
    this.targets = targets;
    this.seed = seed;
    this.routing = routing;
    this.shoots = shoots;
    this.watch = watch;
    this.hold =
        new StartHold(config.controller().holdUntilSynced(), services.workers()::nanoTime);
  }

  /**
   * Starts an output: recovers its queues, begins to send what an earlier run left there, and with
   * DynamicHostPath to watch the shoots. Waits for no backend and no API server.
   *
   * @throws QueueException when a queue's folder cannot be used
   * @throws ExportException when the targets cannot be made from their keys; both messages are one line
   *     for the user
   */
  public static Output open(PluginConfig config) throws QueueException, ExportException {
    return open(config, ShootWatch::ofApiServer);
  }

  static Output open(PluginConfig config, ShootWatch.Source source)
      throws QueueException, ExportException {
    return open(config, source, ShootTargets.LAST_GRACE);
  }

  static Output open(PluginConfig config, ShootWatch.Source source, Duration lastGrace)
      throws QueueException, ExportException {
    ProcessServices services = ProcessServices.acquire(config);
    Closing made = new Closing();
    made.add("the process's services", services::release);
    boolean opened = false;
    try {
      Targets targets = new Targets(config, services);
      made.add("the queues' folder", targets::close);
      Target seed = targets.openSeed();
      made.add("the seed's target", () -> targets.close(seed));
      Routing routing = new Routing(config);
      Keeper keeper = new Keeper(!config.dynamicHost().path().isEmpty());
      ShootTargets shoots =
          new ShootTargets(
              config, targets, services.workers()::nanoTime, routing, keeper, lastGrace);
      made.add("the shoots' targets", shoots::close);
      made.add("the shoots' targets", shoots::stop);
      ShootWatch watch =
          config.dynamicHost().path().isEmpty()
              ? ShootWatch.NONE
              : source.start(config, services.metrics(), shoots);
      made.add("the watch", watch::close);
      routing.askAt(watch::ask);
      Output output = new Output(config, services, targets, seed, routing, shoots, watch);
      opened = true;
      return output;
    } finally {
      if (!opened) {
        made.close();
      }
    }
  }

  /** Counts an output that could not start, because of its configuration or anything else. */
  public static void refused() {
    ProcessServices.refused();
  }

  /**
   * Takes one chunk.
   *
   * @param chunk Fluent Bit's log events; read only during the call
   * @param tag Fluent Bit's, of the chunk
   */
  public FlushResult flush(ByteBuffer chunk, String tag) {
    long startNs = System.nanoTime();
    ChunkEncoder encoder = encoders.poll();
    if (encoder == null) {
      encoder = newEncoder();
    }
    try {
      FlushResult result = flush(chunk, tag, encoder);
      if (!failedChunks.isEmpty() && result == FlushResult.OK) {
        failedChunks.forget(id(chunk));
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

  private ChunkEncoder newEncoder() {
    return new ChunkEncoder(config, routing.newRouter(), seed, shoots::find);
  }

  private FlushResult flush(ByteBuffer chunk, String tag, ChunkEncoder encoder) {
    if (config.dynamicHost().path().isEmpty() && !seed.hasRoom()) {
      return full(seed); // Known before the work of encoding: it is all the seed's.
    }
    Partial before = partialChunks.isEmpty() ? null : partialChunks.find(id(chunk));
    Partial partial = before == null ? Partial.begin(routing.table()) : before;
    int entryBytes = EntrySize.maxBytes(shoots.all().size() + 1);
    encoder.encode(chunk, tag, partial.table(), entryBytes, System.currentTimeMillis());
    Slots slots = encoder.slots();
    if (encoder.undecided() > 0 && before == null && hold.isOn(partial.table())
        && hold.keep(id(chunk))) {
      services.metrics().held();
      return FlushResult.RETRY;
    }
    if (slots.missed() != null && before == null) {
      String namespace = slots.missed().namespace();
      missedLog.log(() -> namespace + ": has no target yet, Fluent Bit keeps what is new");
      return FlushResult.RETRY;
    }
    for (int i = 0; i < slots.count(); i++) {
      Slot slot = slots.get(i);
      if (isWaiting(slot, partial)
          && !slot.target().hasRoom(QueueEntry.diskBytes(slot.entries()))) {
        return full(slot.target());
      }
    }
    FlushResult result = FlushResult.RETRY;
    try {
      result = append(slots, partial);
    } finally {
      keepInMind(chunk, before, partial, result);
    }
    if (result == FlushResult.OK) {
      count(encoder, tag);
    }
    return result;
  }

  private static boolean isWaiting(Slot slot, Partial partial) {
    return slot.records() > 0 && !partial.done().contains(slot.target());
  }

  /** To one target after the other; what has its part keeps it. */
  private FlushResult append(Slots slots, Partial partial) {
    for (int i = 0; i < slots.count(); i++) {
      Slot slot = slots.get(i);
      if (isWaiting(slot, partial)) {
        AppendResult appended = slot.target().append(slot.entries(), slot.records());
        if (appended != AppendResult.APPENDED) {
          return appended == AppendResult.FULL ? full(slot.target()) : refusedByDisk();
        }
        if (slots.count() > 1) {
          partial.done().add(slot.target());
        }
      }
    }
    return FlushResult.OK;
  }

  private void keepInMind(ByteBuffer chunk, Partial before, Partial partial, FlushResult result) {
    if (result == FlushResult.OK) {
      if (before != null) {
        partialChunks.forget(id(chunk));
      }
    } else if (!partial.done().isEmpty()) {
      partialChunks.remember(id(chunk), partial);
    }
  }

  /** Counts what no queue has. Only when the chunk is taken: one that comes again must not count twice. */
  private void count(ChunkEncoder encoder, String tag) {
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
      services.metrics().withoutMetadata(encoder.withoutMetadata());
    }
    if (skipped > 0) {
      skippedLog.log(
          () -> "skipped " + skipped + " records with the tag " + tag + ": they are no log events");
    }
  }

  private FlushResult refusedByDisk() {
    services.metrics().error(ErrorType.ENQUEUE);
    return FlushResult.RETRY;
  }

  private void tooLarge(Slot slot, String tag) {
    int cut = slot.truncated();
    int lost = slot.oversized();
    String target = slot.target().name();
    int bytes = slot.largestBytes();
    services.metrics().output(config.queue().name()).truncated(cut);
    tooLargeLog.log(
        () ->
            target + ": records too large for a request, with the tag " + tag + ", the largest of "
                + bytes + " bytes: " + cut + " cut and marked with log.truncated, " + lost + " lost");
  }

  private FlushResult full(Target target) {
    services.metrics().error(ErrorType.ENQUEUE);
    fullLog.log(
        () ->
            target.name()
                + ": the queue has reached DQueMaxBytes or DQueTotalMaxBytes, Fluent Bit keeps what"
                + " is new");
    return FlushResult.RETRY;
  }

  /** The plugin itself failed on a chunk: a defect, or no memory. */
  private FlushResult failed(ByteBuffer chunk, Throwable defect) {
    long id = id(chunk);
    int attempts = failedChunks.join(id, 1, Integer::sum);
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
    seed.dropped(DropReason.DEAD_LETTER, count(chunk));
    failedChunks.forget(id);
    return FlushResult.OK;
  }

  /** The records of a chunk on which the plugin fails; 0 when it fails to count them, too. */
  private int count(ByteBuffer chunk) {
    try {
      return newEncoder().count(chunk);
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "cannot count the records of the chunk that is put aside", e);
      return 0;
    }
  }

  /** By which a chunk that comes again is known: its checksum and its size. */
  private static long id(ByteBuffer chunk) {
    CRC32C crc = new CRC32C();
    crc.update(chunk.duplicate());
    return crc.getValue() << Integer.SIZE | chunk.remaining();
  }

  /**
   * Sends what the backends take within {@code ShutdownGrace}, all of them at once, leaves the rest on
   * disk, and frees everything. Returns after the grace and a few seconds at the latest; a disk that
   * hangs may cost a few seconds more for each target that it holds.
   */
  @Override
  public void close() {
    Closing steps = new Closing();
    steps.add("the process's services", services::release);
    steps.add("the queues' folder", targets::close);
    steps.add("the shoots' targets", shoots::close);
    steps.add("the seed's target", () -> targets.close(seed));
    steps.add("what waits", this::drain);
    steps.add("the shoots' targets", shoots::stop);
    steps.add("the watch of the shoots", watch::close);
    steps.close();
  }

  private void drain() throws InterruptedException {
    List<Target> all = new ArrayList<>(shoots.all());
    all.add(seed);
    Drain.all(all, config.shutdownGrace(), services.workers()::nanoTime);
  }
}
