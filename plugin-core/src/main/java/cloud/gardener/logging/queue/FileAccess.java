package cloud.gardener.logging.queue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** How the queue reaches the disk. Tests stand in for it to make a disk fail. */
class FileAccess {
  /** Opens a file for reading and writing; writes do not wait for the device. */
  RandomAccessFile open(Path file) throws IOException {
    return new RandomAccessFile(file.toFile(), "rw");
  }

  /** Waits until the device has the file's bytes. */
  void force(RandomAccessFile file) throws IOException {
    file.getChannel().force(false);
  }

  /** Waits until the device has the folder's entries: files made, renamed or deleted in it. */
  void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Puts {@code from} in the place of {@code to} in one step. */
  void replace(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }
}
