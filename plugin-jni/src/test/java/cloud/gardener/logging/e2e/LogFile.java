package cloud.gardener.logging.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of numbered lines, {@code seq=<number> ...}, such as a container writes. */
public final class LogFile {
  private static final String FILLER = " the quick brown fox jumps over the lazy dog".repeat(4);

  private final Path path;
  private long next;

  public LogFile(Path path, long first) {
    this.path = path;
    this.next = first;
  }

  public Path path() {
    return path;
  }

  /** The number of the next line. */
  public long next() {
    return next;
  }

  /** Appends {@code count} lines. */
  public void write(int count) {
    StringBuilder text = new StringBuilder(count * 200);
    for (int i = 0; i < count; i++) {
      text.append("seq=").append(next++).append(FILLER).append('\n');
    }
    try {
      Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
