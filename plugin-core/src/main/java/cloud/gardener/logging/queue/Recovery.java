package cloud.gardener.logging.queue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Takes over what an earlier run left in a queue's folder. Each case of a crash or a damaged disk:
 *
 * <ul>
 *   <li>{@code *.tmp}: a segment that was never put in its place. It holds nothing: deleted.
 *   <li>A segment whose chain of elements is whole: taken over. A bit flipped in a payload shows when
 *       the entry is sent, and costs that entry.
 *   <li>A chain that breaks (a wrong length, a file cut short): what comes before the break is copied to
 *       a segment of the same number, the damaged file stays beside it as {@code *.quarantine}.
 *   <li>A header that is none, or contradicts its elements: the whole file becomes {@code
 *       *.quarantine}. Which of its entries were removed already cannot be known, and is not guessed.
 *   <li>A segment without elements: deleted.
 * </ul>
 *
 * Nothing but empty and temporary files is ever deleted. Quarantined files count against the queue's
 * bytes until somebody removes them.
 */
final class Recovery {
  private static final Logger LOG = Logger.getLogger(Recovery.class.getName());
  private static final String QUARANTINE = ".quarantine";
  private static final String TEMPORARY = ".tmp";

  private final FileAccess files;
  private final Path folder;
  private final QueueListener listener;

  Recovery(FileAccess files, Path folder, QueueListener listener) {
    this.files = files;
    this.folder = folder;
    this.listener = listener;
  }

  /** The segments to go on with, in their order. */
  ArrayDeque<Segment> run() throws IOException {
    ArrayDeque<Segment> segments = new ArrayDeque<>();
    for (Path path : list()) {
      long number = Segment.numberOf(path);
      if (path.getFileName().toString().endsWith(TEMPORARY)) {
        files.delete(path);
      } else if (number >= 0) {
        Segment segment = recover(path, number);
        if (segment != null) {
          segments.addLast(segment);
        }
      }
    }
    return segments;
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return new ArrayList<>(paths.sorted().toList());
    }
  }

  private Segment recover(Path path, long number) throws IOException {
    SegmentCheck check;
    try (RandomAccessFile file = files.open(path)) {
      check = SegmentCheck.of(file);
    }
    if (!check.isWhole()) {
      check = quarantine(path, check);
    }
    if (check.elements() == 0) {
      files.delete(path);
      return null;
    }
    return Segment.recovered(files, folder, number, check);
  }

  /** Sets the file aside and returns the check of what could be saved in its place. */
  private SegmentCheck quarantine(Path path, SegmentCheck check) throws IOException {
    Path aside = Files.copy(path, asideOf(path));
    LOG.warning(
        () ->
            "the queue's segment "
                + path
                + " is damaged ("
                + check.damage()
                + "): saved "
                + check.elements()
                + " entries, the file is kept as "
                + aside.getFileName());
    listener.quarantined();
    if (check.elements() == 0) {
      return check;
    }
    SegmentLayout.Header header =
        new SegmentLayout.Header(
            SegmentLayout.VERSION,
            check.end(),
            check.elements(),
            check.header().first(),
            check.last());
    Path saved = path.resolveSibling(path.getFileName() + TEMPORARY);
    Files.copy(path, saved, StandardCopyOption.REPLACE_EXISTING);
    try (RandomAccessFile file = files.open(saved)) {
      file.setLength(check.end());
      file.write(header.toBytes());
    }
    files.replace(saved, path);
    return new SegmentCheck(
        header, check.elements(), check.records(), check.last(), check.end(), null);
  }

  /** Renames a damaged segment, so that it is out of the way and nothing of it is gone. */
  static Path setAside(Path path) throws IOException {
    return Files.move(path, asideOf(path));
  }

  /** The first name that is free: an earlier damage of the same segment is kept too. */
  private static Path asideOf(Path path) {
    Path aside = path.resolveSibling(path.getFileName() + QUARANTINE);
    for (int i = 1; Files.exists(aside); i++) {
      aside = path.resolveSibling(path.getFileName() + "." + i + QUARANTINE);
    }
    return aside;
  }
}
