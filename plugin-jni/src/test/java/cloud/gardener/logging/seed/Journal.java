package cloud.gardener.logging.seed;

import static java.lang.ProcessBuilder.Redirect.appendTo;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A node's journal, written by systemd-journal-remote from what is given to it. Not thread-safe. */
final class Journal implements AutoCloseable {
  static final String PROGRAM = "systemd-journal-remote";

  private static final Path DEBIAN_PLACE = Path.of("/lib/systemd", PROGRAM);
  private static final String BOOT = "7".repeat(32);
  private static final String MACHINE = "9".repeat(32);
  private static final String[] UNITS = {"kubelet", "containerd", "gardener-node-agent"};

  private final Process process;
  private final Writer entries;
  private long written;

  private Journal(Process process) {
    this.process = process;
    this.entries = process.outputWriter();
  }

  static Optional<Path> program() {
    return Programs.find(PROGRAM).or(() -> Optional.of(DEBIAN_PLACE).filter(Files::isExecutable));
  }

  /** Begins one in a folder, with an entry that is older than its readers: they begin to read behind one. */
  static Journal start(Path folder, Path log) throws IOException, InterruptedException {
    Path file = Files.createDirectories(folder).resolve("system.journal");
    Process process =
        new ProcessBuilder(program().orElseThrow().toString(), "--output=" + file, "-")
            .redirectErrorStream(true)
            .redirectOutput(appendTo(log.toFile()))
            .start();
    Journal journal = new Journal(process);
    journal.entry("started");
    journal.entries.flush();
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!Files.exists(file)) {
      if (!process.isAlive() || deadlineNs - System.nanoTime() < 0) {
        journal.close();
        throw new IOException(PROGRAM + " makes no journal: " + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return journal;
  }

  /** Appends numbered entries, of the units in turn. */
  void write(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      entry("Syncing pods seq=" + written++ + " ");
    }
    entries.flush();
  }

  private void entry(String message) throws IOException {
    long nowUs = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    String unit = UNITS[(int) (written % UNITS.length)];
    entries
        .append("__REALTIME_TIMESTAMP=" + nowUs)
        .append("\n__MONOTONIC_TIMESTAMP=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()))
        .append("\n_BOOT_ID=" + BOOT)
        .append("\n_MACHINE_ID=" + MACHINE)
        .append("\n_HOSTNAME=" + Node.NAME)
        .append("\nPRIORITY=6")
        .append("\n_SYSTEMD_UNIT=" + unit + ".service")
        .append("\n_SYSTEMD_SLICE=system.slice")
        .append("\n_EXE=/usr/bin/" + unit)
        .append("\n_CMDLINE=/usr/bin/" + unit + " --config=/etc/" + unit)
        .append("\n_PID=1234")
        .append("\nMESSAGE=" + message)
        .append("\n\n");
  }

  long written() {
    return written;
  }

  @Override
  public void close() {
    try {
      entries.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
