package cloud.gardener.logging.migration;

import cloud.gardener.logging.intake.TargetEncoder;
import cloud.gardener.logging.queue.AppendResult;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Imports one folder of the plugin in Go, file by file. A file is renamed when its records are in the target's queue.
 * A file without a readable record keeps its name.
 *
 * <p>Not thread-safe. Holds the entries of {@link #BATCH_BYTES} of items in memory.
 */
final class FolderImport implements Closeable {
  private static final int BATCH_BYTES = 256 << 10;

  /** How a {@link #step} ended. */
  enum Step {
    /** A file is imported; there may be more. */
    FILE,
    /** The target's queue is full, or its disk refuses: the same step is due later. */
    NO_ROOM,
    /** A plugin in Go uses the folder. */
    IN_USE,
    /** Another output of this process imports the folder. */
    IMPORTED_ELSEWHERE,
    /** All files are imported. */
    END
  }

  private final Path folder;
  private final ImportTarget target;
  private final Supplier<TargetEncoder> encoders;
  private final ImportReport report;
  private final GoFolderLock lock;

  private Deque<Path> files;

  // Of the current file; null between files, because hundreds of targets may wait for room.
  private GoSegment segment;
  private TargetEncoder encoder;
  private GoEvent event;
  private boolean atEnd;
  private long readable;
  private long unreadable;
  private String damage;

  /** @param encoders creates an encoder for the target */
  FolderImport(
      Path folder,
      ImportTarget target,
      Flock flock,
      Supplier<TargetEncoder> encoders,
      ImportReport report) {
    this.folder = folder;
    this.target = target;
    this.encoders = encoders;
    this.report = report;
    this.lock = new GoFolderLock(folder, flock);
  }

  Path folder() {
    return folder;
  }

  /** Whether no file is imported in part. */
  boolean isBetweenFiles() {
    return segment == null;
  }

  /**
   * Imports the next file, or continues with the current one.
   *
   * @throws IOException when the folder cannot be used
   */
  Step step() throws IOException {
    if (!lock.isHeld()) {
      switch (lockFolder()) {
        case HELD_BY_ANOTHER_PROCESS -> {
          return Step.IN_USE;
        }
        case HELD_BY_ANOTHER_OUTPUT -> {
          return Step.IMPORTED_ELSEWHERE;
        }
        case ACQUIRED -> files = new ArrayDeque<>(GoFolder.segments(folder));
      }
    }
    while (segment == null) {
      if (files.isEmpty()) {
        close();
        report.log();
        return Step.END;
      }
      if (!target.hasRoomToRestore(sizeBytes(files.peek()))) {
        return Step.NO_ROOM; // A stop while the file as a whole has no room doubles none of its records.
      }
      open(files.peek());
    }
    while (true) {
      readBatch();
      if (encoder.records() > 0
          && target.restore(encoder.entries(), encoder.records()) != AppendResult.APPENDED) {
        return Step.NO_ROOM;
      }
      readable += encoder.records();
      unreadable += encoder.oversized();
      encoder.clear();
      if (atEnd) {
        finishFile();
        return Step.FILE;
      }
    }
  }

  private GoFolderLock.Result lockFolder() throws IOException {
    if (!Files.isWritable(folder)) {
      throw new IOException("the folder is not writable, so its files cannot be moved aside");
    }
    return lock.tryAcquire();
  }

  private static long sizeBytes(Path file) {
    return file.toFile().length(); // 0 when it is missing: the attempt to open it tells why.
  }

  /** Opens a file. One that cannot be read at all is reported and skipped. */
  private void open(Path file) {
    readable = 0;
    unreadable = 0;
    try {
      segment = GoSegment.open(file);
      damage = segment.damage();
      atEnd = false;
      encoder = encoders.get();
      event = new GoEvent();
    } catch (UnreadableException | IOException e) {
      files.poll();
      report.reportUnreadable(file, 0, e.getMessage());
    }
  }

  /** Encodes the next items, unless the entries of the last ones still wait for room. */
  private void readBatch() {
    if (encoder.records() > 0) {
      return;
    }
    long bytes = 0;
    while (bytes < BATCH_BYTES && !atEnd) {
      try {
        ByteBuffer item = segment.next();
        if (item == null) {
          atEnd = true;
        } else {
          bytes += item.remaining();
          encode(GoItem.read(item));
        }
      } catch (UnreadableException e) {
        unreadable++;
        damage = damage == null ? e.getMessage() : damage;
      } catch (IOException e) {
        damage = "it cannot be read: " + e.getMessage();
        atEnd = true;
      }
    }
  }

  private void encode(GoItem item) {
    event.write(item);
    Instant observed = item.observed() == null ? Instant.now() : item.observed();
    long observedNs =
        TimeUnit.SECONDS.toNanos(observed.getEpochSecond()) + observed.getNano();
    encoder.add(event.bytes(), event.size(), observedNs);
  }

  private void finishFile() throws IOException {
    Path file = files.poll();
    closeFile();
    if (unreadable > 0 && damage == null) {
      damage = "a record is too large";
    }
    if (damage == null) {
      GoFolder.addSuffix(file, GoFolder.IMPORTED);
    } else {
      if (readable > 0) {
        GoFolder.addSuffix(file, GoFolder.DAMAGED);
      }
      report.reportUnreadable(file, unreadable, damage);
    }
    report.countImported(readable);
  }

  private void closeFile() throws IOException {
    encoder = null;
    event = null;
    if (segment != null) {
      GoSegment last = segment;
      segment = null;
      last.close();
    }
  }

  /** Releases the lock. */
  @Override
  public void close() throws IOException {
    closeFile();
    lock.close();
  }
}
