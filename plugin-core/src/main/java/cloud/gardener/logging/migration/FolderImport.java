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

/**
 * Imports one folder of the plugin in Go, file by file. A file is moved aside when its records are in the target's
 * queue. A file without a readable record stays as it is.
 *
 * <p>Not thread-safe. Holds the entries of {@link #BATCH_BYTES} of items in memory.
 */
final class FolderImport implements Closeable {
  private static final int BATCH_BYTES = 256 << 10;

  /** How a {@link #step} ended. */
  enum Step {
    /** A file is done; there may be more. */
    FILE,
    /** The target's queue is full, or its disk refuses: the same step is due later. */
    NO_ROOM,
    /** A plugin in Go uses the folder. */
    IN_USE,
    /** All files are done. */
    END
  }

  private final Path folder;
  private final ImportTarget target;
  private final Flock flock;
  private final TargetEncoder encoder;
  private final ImportReport report;
  private final GoEvent event = new GoEvent();

  private Closeable lock;
  private Deque<Path> files;
  private GoSegment segment;
  private boolean begun;
  private boolean atEnd;
  private long readable;
  private long unreadable;
  private String why;

  FolderImport(
      Path folder, ImportTarget target, Flock flock, TargetEncoder encoder, ImportReport report) {
    this.folder = folder;
    this.target = target;
    this.flock = flock;
    this.encoder = encoder;
    this.report = report;
  }

  Path folder() {
    return folder;
  }

  /** Whether no file is imported in part. */
  boolean isBetweenFiles() {
    return !begun;
  }

  /**
   * Imports the next file, or goes on with it.
   *
   * @throws IOException when the folder cannot be used
   */
  Step step() throws IOException {
    if (lock == null && !begin()) {
      return Step.IN_USE;
    }
    if (segment == null && !openNext()) {
      close();
      report.end();
      return Step.END;
    }
    if (!begun && !target.hasRoom(segment.sizeBytes())) {
      return Step.NO_ROOM; // A stop before the file has room for all its records doubles none.
    }
    begun = true;
    while (true) {
      fill();
      if (encoder.records() > 0
          && target.restore(encoder.entries(), encoder.records()) != AppendResult.APPENDED) {
        return Step.NO_ROOM;
      }
      readable += encoder.records();
      unreadable += encoder.oversized();
      encoder.clear();
      if (atEnd) {
        endFile();
        return Step.FILE;
      }
    }
  }

  private boolean begin() throws IOException {
    if (!Files.isWritable(folder)) {
      throw new IOException("the folder is not writable, so its files cannot be moved aside");
    }
    lock = flock.tryLock(folder.resolve(GoFolder.LOCK));
    if (lock != null) {
      files = new ArrayDeque<>(GoFolder.segments(folder));
    }
    return lock != null;
  }

  /** Opens the next file that can be opened; false when there is none. */
  private boolean openNext() {
    while (!files.isEmpty()) {
      readable = 0;
      unreadable = 0;
      try {
        segment = GoSegment.open(files.peek());
        why = segment.damage();
        atEnd = false;
        return true;
      } catch (UnreadableException | IOException e) {
        report.unreadable(files.poll(), 0, e.getMessage());
      }
    }
    return false;
  }

  /** Encodes the next items, unless the entries of the last ones still wait for room. */
  private void fill() {
    long bytes = 0;
    while (encoder.records() == 0 && !atEnd || bytes > 0 && bytes < BATCH_BYTES && !atEnd) {
      try {
        ByteBuffer item = segment.next();
        if (item == null) {
          atEnd = true;
        } else {
          bytes += item.remaining();
          add(GoItem.read(item));
        }
      } catch (UnreadableException e) {
        unreadable++;
        why = why == null ? e.getMessage() : why;
      } catch (IOException e) {
        why = "it cannot be read: " + e.getMessage();
        atEnd = true;
      }
    }
  }

  private void add(GoItem item) {
    event.write(item);
    Instant observed = item.observed() == null ? Instant.now() : item.observed();
    long observedNs =
        TimeUnit.SECONDS.toNanos(observed.getEpochSecond()) + observed.getNano();
    encoder.add(event.bytes(), event.size(), observedNs);
  }

  private void endFile() throws IOException {
    Path file = files.poll();
    segment.close();
    segment = null;
    begun = false;
    if (unreadable > 0 && why == null) {
      why = "a record is too large";
    }
    if (why == null) {
      GoFolder.setAside(file, GoFolder.IMPORTED);
    } else {
      if (readable > 0) {
        GoFolder.setAside(file, GoFolder.DAMAGED);
      }
      report.unreadable(file, unreadable, why);
    }
    report.imported(readable);
  }

  /** Releases the lock. */
  @Override
  public void close() throws IOException {
    if (segment != null) {
      segment.close();
      segment = null;
    }
    if (lock != null) {
      lock.close();
      lock = null;
    }
  }
}
