package cloud.gardener.logging.queue;

import cloud.gardener.logging.queue.segment.FileAccess;
import cloud.gardener.logging.queue.segment.SegmentFolder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Locks an output's folder for one process, and for one output within it. The operating system releases the lock
 * when the process dies in any way. The lock file names its holder, for the error message of the next output that
 * tries.
 *
 * <p>The lock is a POSIX lock. It belongs to the process, and the process loses it when it closes <em>any</em>
 * descriptor of the file, even one that it opened only to read. So the process never opens a file again that it has
 * locked: it looks up its own locks in memory.
 */
public final class FolderLock implements Closeable {
  private static final String NAME = "lock";

  /**
   * The locks that this process holds, with their holders. A key is the folder's real path, or the identity of the
   * lock file, which identifies the folder under any path. Guarded by the class.
   */
  private static final Map<Object, String> HELD = new HashMap<>();

  private final FileChannel channel;
  private final List<Object> keys;
  private boolean closed;

  private FolderLock(FileChannel channel, List<Object> keys) {
    this.channel = channel;
    this.keys = keys;
  }

  /**
   * Locks the folder, and creates it when it is missing.
   *
   * @param holder the output that locks it, in a few words
   * @throws QueueException when the folder cannot be written, or is locked already
   */
  public static FolderLock acquire(Path folder, String holder) throws QueueException {
    synchronized (FolderLock.class) {
      Path file = folder.resolve(NAME);
      FileChannel channel;
      List<Object> keys;
      try {
        SegmentFolder.createFolder(folder, new FileAccess());
        keys = keys(folder, file);
        requireFree(folder, keys, holder);
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
      } catch (IOException e) {
        throw new QueueException(
            "cannot write to the queue's folder " + folder + ", check DQueDir, DQueName and the"
                + " folder's permissions: " + e,
            e);
      }
      String line = "process " + ProcessHandle.current().pid() + ", " + holder;
      lock(channel, folder, line, holder);
      keys.forEach(key -> HELD.put(key, line));
      return new FolderLock(channel, keys);
    }
  }

  /** Creates the lock file when it is missing. Never opens an existing one. */
  private static List<Object> keys(Path folder, Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // An earlier run or the current holder created it.
    }
    return List.of(
        folder.toRealPath(), Files.readAttributes(file, BasicFileAttributes.class).fileKey());
  }

  private static void requireFree(Path folder, List<Object> keys, String holder)
      throws QueueException {
    for (Object key : keys) {
      if (HELD.containsKey(key)) {
        throw new QueueException(
            "the queue's folder " + folder + " is used by another output of this process ("
                + HELD.get(key) + "): choose another DQueName for " + holder);
      }
    }
  }

  private static void lock(FileChannel channel, Path folder, String line, String holder)
      throws QueueException {
    boolean locked = false;
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new QueueException(
            "the queue's folder " + folder + " is locked by another process (" + holderOf(folder)
                + "): stop that one, or choose another DQueDir or DQueName for " + holder);
      }
      channel.truncate(0).write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)), 0);
      locked = true;
    } catch (IOException e) {
      throw new QueueException("cannot lock the queue's folder " + folder + ": " + e, e);
    } finally {
      if (!locked) {
        closeQuietly(channel);
      }
    }
  }

  /** Reads the lock file. That releases no lock, because this process does not hold one on it. */
  private static String holderOf(Path folder) {
    try {
      return Files.readString(folder.resolve(NAME));
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The exception that led here says more.
    }
  }

  /** Keeps the lock file: deleting it would let two processes lock two files of the same name. */
  @Override
  public void close() {
    synchronized (FolderLock.class) {
      if (!closed) {
        closed = true;
        closeQuietly(channel);
        HELD.keySet().removeAll(keys);
      }
    }
  }
}
