package cloud.gardener.logging.queue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes a queue's folder one process's, and one queue's within it. The operating system frees the lock
 * when the process dies, however it dies.
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
   * @throws QueueException when it cannot be written, or is locked already
   */
  static FolderLock take(Path folder) throws QueueException {
    FileChannel channel;
    try {
      Files.createDirectories(folder);
      channel =
          FileChannel.open(
              folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new QueueException(
          "cannot write to the queue's folder " + folder + ", check DQueDir, DQueName and the"
              + " folder's permissions: " + e,
          e);
    }
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new FolderLock(channel);
      }
      channel.close();
      throw new QueueException(
          "the queue's folder " + folder + " is locked by another process: stop that one, or choose"
              + " another DQueDir or DQueName");
    } catch (OverlappingFileLockException e) {
      closeQuietly(channel);
      throw new QueueException(
          "the queue's folder " + folder + " is used by another output of this process: choose"
              + " another DQueName");
    } catch (IOException e) {
      closeQuietly(channel);
      throw new QueueException("cannot lock the queue's folder " + folder + ": " + e, e);
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
