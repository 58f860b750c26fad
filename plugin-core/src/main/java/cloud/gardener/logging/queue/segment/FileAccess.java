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

/** How the queue reaches the disk. Tests stand in for it to make a disk fail. */
public class FileAccess {
  /** Makes a file, or empties it, and opens it for reading and writing. */
  OpenSegment create(Path file) throws IOException {
    OpenSegment made = new OpenSegment(file);
    try {
      made.setLength(0);
      return made;
    } catch (IOException e) {
      made.close();
      throw e;
    }
  }

  /**
   * Opens a file for reading and writing.
   *
   * @throws NoSuchFileException when it is not there
   */
  OpenSegment open(Path file) throws IOException {
    if (!exists(file)) {
      throw new NoSuchFileException(file.toString()); // To open it would make it.
    }
    return new OpenSegment(file);
  }

  /** Waits until the device has the file's bytes. */
  void force(OpenSegment file) throws IOException {
    file.getChannel().force(false);
  }

  /** Waits until the device has the folder's entries: files made, renamed or deleted in it. */
  void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Makes a folder and those above it, where they are missing. */
  void createFolders(Path folder) throws IOException {
    Files.createDirectories(folder);
  }

  /** Gives a file another name in one step; a file that has this name is replaced. */
  void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes a file, if it is there. */
  void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  boolean exists(Path file) {
    return Files.exists(file);
  }

  long size(Path file) throws IOException {
    return Files.size(file);
  }

  /** What lies in a folder, sorted by name. */
  public List<Path> list(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted().toList();
    }
  }
}
