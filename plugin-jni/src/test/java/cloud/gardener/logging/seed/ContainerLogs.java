package cloud.gardener.logging.seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;

/**
 * Log files of containers, as a node has them: {@code containers/<pod>_<namespace>_<container>-<id>.log}, each a
 * link to {@code pods/<namespace>_<pod>_<uid>/<container>/0.log}, in the format of CRI. Each record carries {@code
 * seq=<number> } counted from 0 in each log, so that what arrives can be counted exactly; half of them are JSON with
 * a level, the others are klog's lines.
 */
public final class ContainerLogs {
  private static final DateTimeFormatter CRI_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter KLOG_TIME =
      DateTimeFormatter.ofPattern("MMdd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter ROTATION_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss.SSSSSSSSS").withZone(ZoneOffset.UTC);
  private static final String FILLER = "the quick brown fox jumps over the lazy dog ".repeat(2);

  private final Path containers;
  private final Path pods;
  private final Clock clock;
  private final Random random = new Random(1);

  /** {@code folder} is what is /var/log on a node. */
  public ContainerLogs(Path folder) throws IOException {
    this(folder, Clock.systemUTC());
  }

  ContainerLogs(Path folder, Clock clock) throws IOException {
    this.containers = Files.createDirectories(folder.resolve("containers"));
    this.pods = Files.createDirectories(folder.resolve("pods"));
    this.clock = clock;
  }

  /** What an input tails. */
  public String pattern() {
    return containers + "/*.log";
  }

  /** Begins the log of a container. */
  public Log log(String namespace, String pod, String container) throws IOException {
    byte[] id = new byte[32];
    random.nextBytes(id);
    Path folder =
        Files.createDirectories(
            pods.resolve(namespace + "_" + pod + "_" + new UUID(random.nextLong(), random.nextLong()))
                .resolve(container));
    Path file = Files.createFile(folder.resolve("0.log"));
    String name = pod + "_" + namespace + "_" + container + "-" + HexFormat.of().formatHex(id) + ".log";
    Files.createSymbolicLink(containers.resolve(name), file);
    return new Log(file, namespace);
  }

  /** One container's log. Not thread-safe. */
  public final class Log {
    private final Path file;
    private final String namespace;
    private long written;

    private Log(Path file, String namespace) {
      this.file = file;
      this.namespace = namespace;
    }

    public String namespace() {
      return namespace;
    }

    /** How many records were written so far. */
    public long written() {
      return written;
    }

    /** Appends records. */
    public void write(int count) throws IOException {
      StringBuilder text = new StringBuilder(count * 256);
      for (int i = 0; i < count; i++) {
        append(text, record(written++));
      }
      Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private String record(long number) {
      if (number % 2 == 0) {
        return "{\"level\":\"info\",\"ts\":\""
            + CRI_TIME.format(clock.instant())
            + "\",\"msg\":\"reconciled seq=" + number + " " + FILLER + "\"}";
      }
      String header = "W" + KLOG_TIME.format(clock.instant()) + "       1 controller.go:117] ";
      return header + "retrying seq=" + number + " " + FILLER;
    }

    /** Appends one line of the container, which has no number. */
    public void writeLine(String line) throws IOException {
      StringBuilder text = new StringBuilder();
      append(text, line);
      Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private void append(StringBuilder text, String line) {
      text.append(CRI_TIME.format(clock.instant())).append(" stdout F ").append(line).append('\n');
    }

    /** Moves the file away and begins a new one, as the kubelet does. */
    public void rotate() throws IOException {
      Files.move(file, file.resolveSibling("0.log." + ROTATION_TIME.format(clock.instant())));
      Files.createFile(file);
    }
  }
}
