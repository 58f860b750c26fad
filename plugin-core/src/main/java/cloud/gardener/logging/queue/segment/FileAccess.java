package cloud.gardener.logging.queue.segment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The queue's access to the disk. Tests replace it to simulate disk failures. */
public class FileAccess {
  /** Creates or truncates a file, and opens it for reading and writing. */
  OpenSegment create(Path file) throws IOException {
    OpenSegment segment = new OpenSegment(file);
    try {
      segment.setLength(0);
      return segment;
    } catch (IOException e) {
      segment.close();
      throw e;
    }
  }

  /**
   * Opens a file for reading and writing.
   *
   * @throws NoSuchFileException when it does not exist
   */
  OpenSegment open(Path file) throws IOException {
    if (!exists(file)) {
      throw new NoSuchFileException(file.toString()); // Opening it would create it.
    }
    return new OpenSegment(file);
  }

  /** Waits until the file's bytes are on the device. */
  void force(OpenSegment file) throws IOException {
    file.getChannel().force(false);
  }

  /** Waits until the folder's entries are on the device: files created, renamed or deleted in it. */
  void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Creates a folder and its missing parents. */
  void createFolders(Path folder) throws IOException {
    Files.createDirectories(folder);
  }

  /** Renames a file atomically, and replaces an existing one. */
  void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes a file if it exists. */
  void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  boolean exists(Path file) {
    return Files.exists(file);
  }

  long size(Path file) throws IOException {
    return Files.size(file);
  }

  /** The content of a folder, sorted by name. */
  public List<Path> list(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted().toList();
    }
  }
}
