package cloud.gardener.logging.queue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes an output's folder one process's, and one output's within it. The operating system frees the
 * lock when the process dies, however it dies. The lock's file names its holder, for the error of the
 * next who tries.
 */
final class FolderLock implements Closeable {
  private static final String NAME = "lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes the folder where it is missing, and locks it.
   *
   * @param holder who locks it, in a few words
   * @throws QueueException when it cannot be written, or is locked already
   */
  static FolderLock take(Path folder, String holder) throws QueueException {
    FileChannel channel;
    try {
      SegmentFolder.make(folder, new FileAccess());
      channel =
          FileChannel.open(
              folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new QueueException(
          "cannot write to the queue's folder " + folder + ", check DQueDir, DQueName and the"
              + " folder's permissions: " + e,
          e);
    }
    boolean taken = false;
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new QueueException(
            "the queue's folder " + folder + " is locked by another process (" + holderOf(folder)
                + "): stop that one, or choose another DQueDir or DQueName for " + holder);
      }
      String line = "process " + ProcessHandle.current().pid() + ", " + holder;
      channel.truncate(0).write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)), 0);
      taken = true;
      return new FolderLock(channel);
    } catch (OverlappingFileLockException e) {
      throw new QueueException(
          "the queue's folder " + folder + " is used by another output of this process ("
              + holderOf(folder) + "): choose another DQueName for " + holder);
    } catch (IOException e) {
      throw new QueueException("cannot lock the queue's folder " + folder + ": " + e, e);
    } finally {
      if (!taken) {
        closeQuietly(channel);
      }
    }
  }

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
    closeQuietly(channel);
  }
}
