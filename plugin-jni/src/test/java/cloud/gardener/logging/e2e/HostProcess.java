package cloud.gardener.logging.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A Fluent Bit (or the bundled host) with the plugin, as a process of its own. */
public final class HostProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;

  private HostProcess(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "host-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts the host with a classic configuration; {@code folder} is where its file goes. The words of {@code
   * wrapper}, if any, stand before the host's own and must become it.
   */
  public static HostProcess start(Path folder, String configuration, String... wrapper)
      throws IOException {
    return start(folder, configuration, Map.of(), wrapper);
  }

  /** The same, with more in its environment. */
  public static HostProcess start(
      Path folder, String configuration, Map<String, String> environment, String... wrapper)
      throws IOException {
    return start(Distribution.plugin(), folder, configuration, environment, wrapper);
  }

  /** The same, with a copy of the plugin. */
  public static HostProcess start(
      Path plugin, Path folder, String configuration, Map<String, String> environment, String... wrapper)
      throws IOException {
    Path file = Files.writeString(folder.resolve("fluent-bit.conf"), configuration);
    List<String> command = new ArrayList<>(List.of(wrapper));
    command.add(Distribution.host().toString());
    command.addAll(List.of("-e", plugin.toString(), "-c", file.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return new HostProcess(process);
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
      }
    } catch (IOException e) {
      // The process is gone, and its pipe with it.
    }
  }

  /** Everything that the host has written so far. */
  public List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** Waits for a line that {@code wanted} accepts and returns it. */
  public String awaitLine(Predicate<String> wanted) throws InterruptedException {
    long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
    synchronized (lines) {
      int seen = 0;
      while (true) {
        for (; seen < lines.size(); seen++) {
          if (wanted.test(lines.get(seen))) {
            return lines.get(seen);
          }
        }
        long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
        if (leftMs <= 0 || (!reader.isAlive() && seen == lines.size())) {
          throw new AssertionError("no such line in:\n" + String.join("\n", lines));
        }
        lines.wait(Math.min(leftMs, 100));
      }
    }
  }

  /** What a test waits for. */
  public interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  /** Waits until {@code condition} holds, looking at it every few milliseconds. */
  public void await(String what, Condition condition) throws IOException, InterruptedException {
    await(what, PATIENCE, condition);
  }

  /** The same, for what takes longer than usual. */
  public void await(String what, Duration patience, Condition condition)
      throws IOException, InterruptedException {
    long deadlineNs = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      if (deadlineNs - System.nanoTime() < 0) {
        throw new AssertionError(
            "waited in vain for " + what + "; the host said:\n" + String.join("\n", lines()));
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public void signal(String name) throws IOException, InterruptedException {
    run("kill", "-" + name, Long.toString(process.pid()));
  }

  /** Sets a limit of the running host, such as {@code nofile}; what it may be raised to stays as it is. */
  public void limit(String resource, String soft) throws IOException, InterruptedException {
    run("prlimit", "--pid", Long.toString(process.pid()), "--" + resource + "=" + soft + ":");
  }

  /** Runs a command to its end, which must be a good one, and returns what it said. */
  public static String run(String... command) throws IOException, InterruptedException {
    Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (run.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
    return said;
  }

  /** Ends the process as a crash does. */
  public void killHard() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
    reader.join();
  }

  /** Ends the process as Kubernetes does, and returns its exit code. */
  public int terminate() throws InterruptedException {
    process.destroy();
    return awaitExit();
  }

  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the host did not stop:\n" + String.join("\n", lines()));
    }
    reader.join();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
