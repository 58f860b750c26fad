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
 * Makes an output's folder one process's, and one output's within it. The operating system frees the
 * lock when the process dies, however it dies. The lock's file names its holder, for the error of the
 * next who tries.
 *
 * <p>The lock is a POSIX one: it belongs to the process, and the process loses it when it closes
 * <em>any</em> descriptor of the file, even one that it has opened to read. So a file that this process
 * has locked is never opened again: what this process holds is looked up in its own memory.
 */
final class FolderLock implements Closeable {
  private static final String NAME = "lock";

  /**
   * What this process holds, and for whom: the folder's real path, and the identity of the lock's file,
   * which knows the folder under any path. Guarded by the class.
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
   * Makes the folder where it is missing, and locks it.
   *
   * @param holder who locks it, in a few words
   * @throws QueueException when it cannot be written, or is locked already
   */
  static FolderLock take(Path folder, String holder) throws QueueException {
    synchronized (FolderLock.class) {
      Path file = folder.resolve(NAME);
      FileChannel channel;
      List<Object> keys;
      try {
        SegmentFolder.make(folder, new FileAccess());
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

  /** Makes the lock's file where it is missing. One that is there is not opened. */
  private static List<Object> keys(Path folder, Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // Made by an earlier run, or by who holds it now.
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
    boolean taken = false;
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new QueueException(
            "the queue's folder " + folder + " is locked by another process (" + holderOf(folder)
                + "): stop that one, or choose another DQueDir or DQueName for " + holder);
      }
      channel.truncate(0).write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)), 0);
      taken = true;
    } catch (IOException e) {
      throw new QueueException("cannot lock the queue's folder " + folder + ": " + e, e);
    } finally {
      if (!taken) {
        closeQuietly(channel);
      }
    }
  }

  /** Reads the file, which frees nothing: this process does not hold it. */
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
      // What brought us here says more.
    }
  }

  /** The lock's file stays: deleting it would let two processes lock two files of one name. */
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
