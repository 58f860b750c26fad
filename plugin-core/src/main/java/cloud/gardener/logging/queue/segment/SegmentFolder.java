package cloud.gardener.logging.queue.segment;

import cloud.gardener.logging.config.value.QueueSync;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Creates, renames and deletes the files of one queue. With {@code QueueSync.FULL}, each operation waits until it is
 * on the device.
 *
 * <p>Not thread-safe: guarded by the queue's lock.
 */
public final class SegmentFolder {
  /** A file that the disk refused to delete. */
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

  /** Creates {@code folder} when it is missing, and waits until it is on the device. */
  public static void createFolder(Path folder, FileAccess files) throws IOException {
    if (files.exists(folder)) {
      return;
    }
    Path existing = folder.getParent();
    while (existing != null && !files.exists(existing)) {
      existing = existing.getParent();
    }
    files.createFolders(folder);
    for (Path parent = folder.getParent(); parent != null; parent = parent.getParent()) {
      files.forceFolder(parent);
      if (parent.equals(existing)) {
        return;
      }
    }
  }

  /** Creates an empty segment at its full length: Tape would wait for the device when it grows the file. */
  Path create(long number, long length) throws IOException {
    createFolder(path, files);
    Path segment = path.resolve(SegmentNames.of(number));
    Path temporary = SegmentNames.temporary(segment);
    boolean created = false;
    try {
      try (OpenSegment file = files.create(temporary)) {
        file.setLength(length);
        file.write(SegmentLayout.Header.empty(length).toBytes());
        file.commit();
      }
      files.move(temporary, segment);
      forceFolder();
      created = true;
      return segment;
    } finally {
      if (!created) {
        deleteIfPossible(temporary);
        deleteIfPossible(segment);
      }
    }
  }

  /** Deletes an empty file; when the disk refuses, the next start tries again. */
  void deleteIfPossible(Path empty) {
    try {
      files.delete(empty);
    } catch (IOException e) {
      // The next start tries again.
    }
  }

  /** Whether all writes wait for the device. */
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

  /** Marks a segment to be kept once it is drained; returns its new path. */
  Path markDamaged(Path segment) throws IOException {
    Path marked = SegmentNames.damaged(segment);
    if (!marked.equals(segment)) {
      files.move(segment, marked);
      forceFolder();
    }
    return marked;
  }

  /** Quarantines a segment; returns its new path. */
  Path quarantine(Path segment) throws IOException {
    int copy = 0;
    Path quarantined = SegmentNames.quarantined(segment, copy);
    while (files.exists(quarantined)) {
      copy++;
      quarantined = SegmentNames.quarantined(segment, copy);
    }
    files.move(segment, quarantined);
    forceFolder();
    return quarantined;
  }

  /**
   * Deletes a file that takes {@code bytes}.
   *
   * @return the number of freed bytes
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
      // A power loss may bring the file back: its records would be sent again, none is lost.
    }
    return bytes;
  }

  /** Deletes the files that the disk refused to delete before; returns the number of freed bytes. */
  public long deleteLeftovers() {
    long freed = 0;
    try {
      for (int i = leftovers.size(); i > 0; i--) {
        Leftover leftover = leftovers.removeFirst();
        freed += delete(leftover.path, leftover.bytes);
      }
    } catch (IOException e) {
      // The file is in the list again.
    }
    return freed;
  }

  /** The files in the folder, sorted by name; empty when the folder does not exist. */
  List<Path> list() throws IOException {
    try {
      return files.list(path);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Bytes of the quarantined files, by their length. */
  public long quarantinedBytes() throws IOException {
    long sum = 0;
    for (Path file : list()) {
      if (SegmentNames.isQuarantined(file)) {
        sum += SegmentLayout.diskBytes(files.size(file));
      }
    }
    return sum;
  }

  /** Deletes the folder if it is empty. */
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
