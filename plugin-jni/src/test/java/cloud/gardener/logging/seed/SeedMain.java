package cloud.gardener.logging.seed;

import cloud.gardener.logging.e2e.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code make seed}: looks for what a seed needs, and runs it ({@link SeedRun}) on a node of its own where the user
 * may have one. However this process ends, the seed's input ends with it, and so the seed; in a node of its own
 * nothing can stay behind.
 *
 * <p>Argument: a folder in which it makes its own.
 */
final class SeedMain {
  static final List<String> NEEDED = List.of("etcd", "kube-apiserver", "otelcol", VictoriaLogs.PROGRAM);
  private static final Path ENTER = Distribution.projectFolder().resolve("scripts/seed-namespace.sh");
  private static final int OWN_NETWORK = 88;
  private static final int STOP_SECONDS = 120;

  private SeedMain() {}

  public static void main(String[] arguments) throws Exception {
    try {
      System.exit(run(Files.createDirectories(Path.of(arguments[0]).toAbsolutePath())));
    } catch (SeedException | Programs.MissingProgramException e) {
      System.err.println("seed: " + e.getMessage());
      System.exit(2);
    }
  }

  private static int run(Path parent) throws IOException, InterruptedException {
    SeedParameters parameters = SeedParameters.of(System.getenv());
    NEEDED.forEach(Programs::path);
    Path folder = Files.createTempDirectory(parent, "seed.");
    boolean isOwn = canHaveNode(folder);
    if (!isOwn && parameters.goPlugin().isPresent()) {
      delete(folder);
      throw new SeedException(
          "GO_PLUGIN needs network namespaces, for the services' names, and this user may not make any");
    }
    int network = isOwn ? OWN_NETWORK : ThreadLocalRandom.current().nextInt(100, 200);
    Files.writeString(folder.resolve("hosts"), new Services(network, parameters.clusters()).hosts());
    describe(parameters, isOwn);
    Process seed = start(folder, network, isOwn);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(seed, folder)));
    return seed.waitFor();
  }

  private static boolean canHaveNode(Path folder) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("hosts"), "");
    Process trial =
        new ProcessBuilder(ENTER.toString(), folder.toString(), "true")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return trial.waitFor() == 0;
  }

  private static void describe(SeedParameters parameters, boolean isOwn) {
    boolean isFluentBit = Distribution.hostKind() == Distribution.HostKind.FLUENT_BIT;
    System.out.printf(
        "A seed with %d shoots; %d pods in each and in the seed; %d records of each pod, %s a second, after %d s%n",
        parameters.clusters(),
        parameters.jobs(),
        parameters.logs(),
        parameters.rate() == 0 ? "as many as it can" : "" + parameters.rate(),
        parameters.logsDelay().toSeconds());
    System.out.println(
        isOwn
            ? "node: namespaces of its own; names, ports and paths are those of a seed"
            : "node: a folder, for this user may make no namespaces; names hold for the JVM alone");
    System.out.println("host: " + Distribution.host());
    if (!isFluentBit) {
      System.out.println("left out: the journal, the parser and the Lua filters, which the bundled host has not");
    } else if (Journal.program().isEmpty()) {
      System.out.println("left out: the journal: " + new Programs.MissingProgramException(Journal.PROGRAM).getMessage());
    }
    if (Programs.find(Prometheus.PROGRAM).isEmpty()) {
      System.out.println("left out: " + new Programs.MissingProgramException(Prometheus.PROGRAM).getMessage());
    }
  }

  private static Process start(Path folder, int network, boolean isOwn) throws IOException {
    // A session of its own: Ctrl-C reaches this process alone, which then stops the others in their order.
    List<String> command = new ArrayList<>(List.of("setsid", "--wait"));
    if (isOwn) {
      command.addAll(List.of(ENTER.toString(), folder.toString()));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-XX:-UsePerfData", // Its files are named by process number, which is 1 in each namespace.
            "-cp",
            System.getProperty("java.class.path"),
            SeedRun.class.getName(),
            folder.toString(),
            Integer.toString(network),
            isOwn ? "own" : "folder"));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Runs at the end, and at Ctrl-C. What a failed seed has left in its folder is kept. */
  private static void stop(Process seed, Path folder) {
    boolean failed = !seed.isAlive() && seed.exitValue() != 0;
    try {
      seed.getOutputStream().close();
      if (!seed.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        seed.destroyForcibly().waitFor();
      }
      if (failed || !System.getenv().getOrDefault("KEEP", "").isEmpty()) {
        System.err.println("seed: logs are in " + folder);
      } else {
        delete(folder);
      }
    } catch (IOException | InterruptedException e) {
      System.err.println("seed: " + folder + " is left: " + e.getMessage());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
