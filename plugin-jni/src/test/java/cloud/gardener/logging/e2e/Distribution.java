package cloud.gardener.logging.e2e;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the end-to-end tests run: the built plugin, and a host for it. */
final class Distribution {
  /** The real Fluent Bit where one is on PATH, else the host that this project brings. */
  enum HostKind {
    FLUENT_BIT,
    FLB_HOST
  }

  private static final Path ROOT = root();
  private static final Path FLUENT_BIT = onPath("fluent-bit");

  private Distribution() {}

  static Path plugin() {
    return existing(ROOT.resolve("dist/plugins/output_plugin.so"));
  }

  static HostKind hostKind() {
    return FLUENT_BIT != null ? HostKind.FLUENT_BIT : HostKind.FLB_HOST;
  }

  static Path host() {
    return FLUENT_BIT != null ? FLUENT_BIT : existing(ROOT.resolve("build/native/flb-host"));
  }

  /** The project's folder, where its scripts are. */
  static Path projectFolder() {
    return ROOT;
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
  static Path onPath(String program) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      Path candidate = Path.of(folder, program);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    return null;
  }
}
