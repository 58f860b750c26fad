package cloud.gardener.logging.tool.queue;

import cloud.gardener.logging.queue.QueueFolder;
import cloud.gardener.logging.queue.segment.SegmentNames;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds the files of queues below files and folders. */
final class StoredFiles {
  /** What a file holds. */
  enum Kind {
    /** Entries that the plugin sends, or entries that it has sent. */
    WAITING,

    /** A file with damage, which the plugin does not read again. */
    QUARANTINED,

    /** Records that no retry delivers. */
    DEAD_LETTERS,

    /** A queue file of the plugin in Go. */
    LEFTOVER;

    String word() {
      return switch (this) {
        case WAITING -> "waiting";
        case QUARANTINED -> "quarantined";
        case DEAD_LETTERS -> "dead letters";
        case LEFTOVER -> "of the plugin in Go";
      };
    }
  }

  /** A file and what it holds. */
  record StoredFile(Path path, Kind kind) {
    /** The folder of the target, or of the dead letters. */
    Path folder() {
      return path.toAbsolutePath().normalize().getParent();
    }
  }

  private StoredFiles() {}

  /** The files of queues, sorted by name, in the order of the paths. */
  static List<StoredFile> below(List<Path> paths) throws IOException {
    List<StoredFile> found = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new NoSuchFileException(path.toString());
      }
      List<Path> files = new ArrayList<>();
      Files.walkFileTree(path, new Collector(files));
      files.stream().sorted().forEach(file -> add(file, found));
    }
    return found;
  }

  /** Collects files; passes over those that the plugin deletes meanwhile. */
  private static final class Collector extends SimpleFileVisitor<Path> {
    private final List<Path> files;

    Collector(List<Path> files) {
      this.files = files;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        files.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      return failure instanceof NoSuchFileException
          ? FileVisitResult.CONTINUE
          : super.visitFileFailed(file, failure);
    }
  }

  private static void add(Path file, List<StoredFile> found) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    boolean isSegment = SegmentNames.numberOf(file) >= 0;
    if (SegmentNames.isQuarantined(file)) {
      found.add(new StoredFile(file, Kind.QUARANTINED));
    } else if (isSegment && file.toAbsolutePath().getParent().endsWith(QueueFolder.DEAD_LETTERS)) {
      found.add(new StoredFile(file, Kind.DEAD_LETTERS));
    } else if (isSegment) {
      found.add(new StoredFile(file, Kind.WAITING));
    } else if (name.endsWith(".dque")) {
      found.add(new StoredFile(file, Kind.LEFTOVER));
    }
  }
}
