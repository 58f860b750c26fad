package cloud.gardener.logging.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of one queue of the plugin in Go, and their names after an import:
 *
 * <pre>
 *   lock.lock                      locked with flock(2) while a plugin in Go runs
 *   0000000000007.dque             oldest; the names are numbers
 *   0000000000006.dque.imported    its records are in our queue; deleted a week later
 *   0000000000005.dque.damaged     the same, except for what cannot be read; kept
 * </pre>
 */
public final class GoFolder {
  /** The file that a plugin in Go locks with flock(2) while it runs. */
  public static final String LOCK = "lock.lock";
  static final String IMPORTED = ".imported";
  static final String DAMAGED = ".damaged";

  /** How long an imported file is kept. */
  static final Duration RETENTION = Duration.ofDays(7);

  private static final Pattern SEGMENT = Pattern.compile("[0-9]{1,19}\\.dque");
  private static final Pattern IMPORTED_SEGMENT = Pattern.compile("[0-9]{1,19}\\.dque\\" + IMPORTED);

  private GoFolder() {}

  /** The files with records, oldest first. Empty when the folder is missing. */
  static List<Path> segments(Path folder) throws IOException {
    return list(folder, SEGMENT).sorted((one, other) -> digits(one).compareTo(digits(other))).toList();
  }

  /** Orders numbers of any length: names have 13 digits, or more when these are used up. */
  private static String digits(Path file) {
    String digits = name(file).substring(0, name(file).indexOf('.'));
    return "0".repeat(19 - digits.length()) + digits;
  }

  private static Stream<Path> list(Path folder, Pattern names) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> names.matcher(name(file)).matches()).toList().stream();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Renames a file, so that no import reads it again. */
  static void addSuffix(Path file, String suffix) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    Files.move(file, file.resolveSibling(name(file) + suffix), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes the files that were imported before {@code now} minus {@link #RETENTION}. */
  static void deleteExpired(Path folder, Instant now) throws IOException {
    for (Path file : list(folder, IMPORTED_SEGMENT).toList()) {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(RETENTION))) {
        Files.delete(file);
      }
    }
  }

  /** When a record was last written to or removed from the queue. */
  static Instant lastUsed(List<Path> segments) throws IOException {
    return Files.getLastModifiedTime(segments.get(segments.size() - 1)).toInstant();
  }

  static String name(Path file) {
    return file.getFileName().toString();
  }
}
