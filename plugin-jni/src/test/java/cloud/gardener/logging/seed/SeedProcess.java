package cloud.gardener.logging.seed;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A seed in a box as {@code make seed} starts it. All its processes are known by a mark in their environment. */
final class SeedProcess implements AutoCloseable {
  private static final String MARK = "SEED_MARK";
  private static final long PATIENCE_S = 300;

  private final Process process;
  private final String mark;
  private final StringBuilder output = new StringBuilder();
  private final Thread reader;

  private SeedProcess(Process process, String mark) {
    this.process = process;
    this.mark = mark;
    this.reader = new Thread(this::read, "seed-output");
    reader.setDaemon(true);
    reader.start();
  }

  static SeedProcess start(Path folder, Map<String, String> environment) throws IOException {
    String mark = UUID.randomUUID().toString();
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SeedMain.class.getName(),
                folder.toString())
            .redirectErrorStream(true);
    builder.environment().put(MARK, mark);
    builder.environment().putAll(environment);
    return new SeedProcess(builder.start(), mark);
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (output) {
          output.append(line).append('\n');
        }
      }
    } catch (IOException e) {
      // The process is gone, and its pipe with it.
    }
  }

  String output() {
    synchronized (output) {
      return output.toString();
    }
  }

  void awaitLine(String text) throws InterruptedException {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    while (!output().contains(text)) {
      if (!process.isAlive() || deadlineNs - System.nanoTime() < 0) {
        throw new AssertionError("no line with '" + text + "' in:\n" + output());
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      throw new AssertionError("the seed does not end:\n" + output());
    }
    reader.join();
    return process.exitValue();
  }

  /** A row of the comparison at the end, which has one column. */
  long number(String row) {
    Matcher found = Pattern.compile("(?m)^" + row + " +(\\d+)$").matcher(output());
    if (!found.find()) {
      throw new AssertionError("no row '" + row + "' in:\n" + output());
    }
    return Long.parseLong(found.group(1));
  }

  void signal(String name) throws IOException, InterruptedException {
    kill(process.pid(), name);
  }

  /** Kills a process of a program. */
  void killOne(String program) throws IOException, InterruptedException {
    for (long pid : processes()) {
      if (contents(pid, "cmdline").split("\0")[0].endsWith("/" + program)) {
        kill(pid, "KILL");
        return;
      }
    }
    throw new AssertionError("no process of " + program);
  }

  private static void kill(long pid, String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
  }

  /** Waits until none of its processes is left. */
  void awaitNoProcesses() throws IOException, InterruptedException {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    List<Long> left = processes();
    while (!left.isEmpty()) {
      if (deadlineNs - System.nanoTime() < 0) {
        throw new AssertionError("processes are left: " + left);
      }
      TimeUnit.MILLISECONDS.sleep(50);
      left = processes();
    }
  }

  private List<Long> processes() throws IOException {
    List<Long> marked = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path entry : processes.filter(path -> path.getFileName().toString().matches("\\d+")).toList()) {
        long pid = Long.parseLong(entry.getFileName().toString());
        if (contents(pid, "environ").contains(MARK + "=" + mark)) {
          marked.add(pid);
        }
      }
    }
    return marked;
  }

  private static String contents(long pid, String file) {
    try {
      return new String(Files.readAllBytes(Path.of("/proc/" + pid, file)), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // It has ended, or is somebody else's.
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
