package cloud.gardener.logging.e2e;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** What the end-to-end tests run: the built plugin, and a host for it. */
public final class Distribution {
  /** The real Fluent Bit where one is on PATH, else the host that this project brings. */
  public enum HostKind {
    FLUENT_BIT,
    FLB_HOST
  }

  private static final Path ROOT = root();
  private static final Path FLUENT_BIT = onPath("fluent-bit");

  private Distribution() {}

  public static Path plugin() {
    return existing(ROOT.resolve("dist/plugins/output_plugin.so"));
  }

  public static HostKind hostKind() {
    return FLUENT_BIT != null ? HostKind.FLUENT_BIT : HostKind.FLB_HOST;
  }

  public static Path host() {
    return FLUENT_BIT != null ? FLUENT_BIT : existing(ROOT.resolve("build/native/flb-host"));
  }

  /** The project's folder, where its scripts are. */
  public static Path projectFolder() {
    return ROOT;
  }

  /**
   * Leaves a test out, and says so, where the host itself would fail it.
   *
   * @param test for the line that says it
   * @param hosts what the first line of the host's {@code --version} begins with
   * @param why what the host does by itself
   */
  public static void assumeHostIsNot(String test, String hosts, String why) throws Exception {
    boolean is = FLUENT_BIT != null && version().startsWith(hosts);
    if (is) {
      System.out.println(test + " did not run with " + version() + ": " + why);
    }
    Assumptions.assumeFalse(is);
  }

  private static String version() throws IOException, InterruptedException {
    return HostProcess.run(FLUENT_BIT.toString(), "--version").lines().findFirst().orElse("");
  }

  private static Path existing(Path file) {
    if (!Files.exists(file)) {
      throw new IllegalStateException(file + " is missing: run `make dist` first");
    }
    return file;
  }

  /** The project's root: tests run in the folder of their module. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("native"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** A program that the machine has, or null. */
  public static Path onPath(String program) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      Path candidate = Path.of(folder, program);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    return null;
  }
}
