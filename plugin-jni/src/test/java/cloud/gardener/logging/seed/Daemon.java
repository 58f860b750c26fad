package cloud.gardener.logging.seed;

import static java.lang.ProcessBuilder.Redirect.appendTo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that runs until it is told to stop; what it says goes to a file. */
public final class Daemon implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final int LAST_LINES = 5;

  private final Process process;
  private final Path log;

  private Daemon(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts a command, whose first word is the program's path; appends its output to {@code log}. */
  public static Daemon start(Path log, List<String> command) throws IOException {
    return start(log, command, Map.of());
  }

  /** The same, with more in its environment. */
  public static Daemon start(Path log, List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return new Daemon(process, log);
  }

  /** What somebody waits for. */
  public interface Condition {
    /** An {@link IOException} counts as not yet. */
    boolean holds() throws IOException, InterruptedException;
  }

  /** Waits until {@code ready} holds; fails when the program ends before that. */
  public void await(String what, Condition ready) throws IOException, InterruptedException {
    long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
    while (!holds(ready)) {
      if (!process.isAlive()) {
        throw new IOException(log.getFileName() + ": it has ended before " + what + ": " + lastLines());
      }
      if (deadlineNs - System.nanoTime() < 0) {
        throw new IOException(log.getFileName() + ": waited in vain for " + what + ": " + lastLines());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static boolean holds(Condition ready) throws InterruptedException {
    try {
      return ready.holds();
    } catch (IOException e) {
      return false;
    }
  }

  /** The end of what it has said. */
  String lastLines() throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      List<String> all = lines.toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - LAST_LINES), all.size()));
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** Ends it as a crash does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Tells it to stop, and waits; one that hangs is killed. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
