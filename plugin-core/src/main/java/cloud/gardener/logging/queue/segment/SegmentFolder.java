package cloud.gardener.logging.queue.segment;

import cloud.gardener.logging.config.value.QueueSync;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The files of one queue: makes, renames and deletes them. With {@code QueueSync.FULL} each of these
 * returns when the device has it.
 *
 * <p>Not thread-safe: guarded by the queue's lock.
 */
public final class SegmentFolder {
  /** A file that the disk has refused to delete. */
  private record Leftover(Path path, long bytes) {}

  private final Path path;
  private final FileAccess files;
  private final boolean forced;
  private final ArrayDeque<Leftover> leftovers = new ArrayDeque<>();

  public SegmentFolder(Path path, FileAccess files, QueueSync sync) {
    this.path = path;
    this.files = files;
    this.forced = sync == QueueSync.FULL;
  }

  /** Makes {@code folder} where it is missing, and waits until the device has it. */
  public static void make(Path folder, FileAccess files) throws IOException {
    if (files.exists(folder)) {
      return;
    }
    Path there = folder.getParent();
    while (there != null && !files.exists(there)) {
      there = there.getParent();
    }
    files.createFolders(folder);
    for (Path above = folder.getParent(); above != null; above = above.getParent()) {
      files.forceFolder(above);
      if (above.equals(there)) {
        return;
      }
    }
  }

  /**
   * Makes an empty segment, in full length from the start: Tape would wait for the device to make it
   * longer.
   */
  Path create(long number, long length) throws IOException {
    make(path, files);
    Path segment = path.resolve(SegmentNames.of(number));
    Path fresh = SegmentNames.temporary(segment);
    boolean made = false;
    try {
      try (OpenSegment file = files.create(fresh)) {
        file.setLength(length);
        file.write(SegmentLayout.Header.empty(length).toBytes());
        file.commit();
      }
      files.move(fresh, segment);
      forceFolder();
      made = true;
      return segment;
    } finally {
      if (!made) {
        deleteIfPossible(fresh);
        deleteIfPossible(segment);
      }
    }
  }

  /** For what holds nothing; where the disk refuses, the next start tries again. */
  void deleteIfPossible(Path empty) {
    try {
      files.delete(empty);
    } catch (IOException e) {
      // Said above.
    }
  }

  /** Whether all that is written waits for the device. */
  boolean isForced() {
    return forced;
  }

  void force(OpenSegment file) throws IOException {
    if (forced) {
      files.force(file);
    }
  }

  private void forceFolder() throws IOException {
    if (forced) {
      files.forceFolder(path);
    }
  }

  /** Marks a segment as one to be kept when it is drained; returns its new name. */
  Path markDamaged(Path segment) throws IOException {
    Path marked = SegmentNames.damaged(segment);
    if (!marked.equals(segment)) {
      files.move(segment, marked);
      forceFolder();
    }
    return marked;
  }

  /** Takes a segment out of the queue for good, and keeps it; returns its new name. */
  Path setAside(Path segment) throws IOException {
    int copy = 0;
    Path aside = SegmentNames.quarantined(segment, copy);
    while (files.exists(aside)) {
      copy++;
      aside = SegmentNames.quarantined(segment, copy);
    }
    files.move(segment, aside);
    forceFolder();
    return aside;
  }

  /**
   * Deletes a file that takes {@code bytes}.
   *
   * @return the bytes that are free now
   * @throws IOException when the disk refuses; {@link #deleteLeftovers} tries again
   */
  long delete(Path file, long bytes) throws IOException {
    try {
      files.delete(file);
    } catch (IOException e) {
      leftovers.addLast(new Leftover(file, bytes));
      throw e;
    }
    try {
      if (files.exists(path)) {
        forceFolder();
      }
    } catch (IOException e) {
      // A loss of power may bring the file back: its records would be sent again, none is lost.
    }
    return bytes;
  }

  /** Deletes what the disk has refused to delete before; returns the bytes that are free now. */
  public long deleteLeftovers() {
    long freed = 0;
    try {
      for (int i = leftovers.size(); i > 0; i--) {
        Leftover leftover = leftovers.removeFirst();
        freed += delete(leftover.path, leftover.bytes);
      }
    } catch (IOException e) {
      // It is back in the list.
    }
    return freed;
  }

  /** The files in it, sorted by name; none when it is not there. */
  List<Path> list() throws IOException {
    try {
      return files.list(path);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** What quarantined files take, by their length. */
  public long quarantinedBytes() throws IOException {
    long sum = 0;
    for (Path file : list()) {
      if (SegmentNames.isQuarantined(file)) {
        sum += SegmentLayout.diskBytes(files.size(file));
      }
    }
    return sum;
  }

  /** Deletes the folder itself, if nothing is left in it. */
  public void deleteIfEmpty() {
    deleteIfPossible(path);
  }

  public Path path() {
    return path;
  }

  FileAccess files() {
    return files;
  }
}
