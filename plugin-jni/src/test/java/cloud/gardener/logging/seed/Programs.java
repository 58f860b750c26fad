package cloud.gardener.logging.seed;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Programs of a seed, looked up on PATH. */
public final class Programs {
  private Programs() {}

  /** Where a program is. */
  public static Optional<Path> find(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(candidate -> Files.isRegularFile(candidate) && Files.isExecutable(candidate))
        .findFirst();
  }

  /** Where a program is that must be there. */
  public static Path path(String name) {
    return find(name).orElseThrow(() -> new MissingProgramException(name));
  }

  /** Leaves a test out where a program is missing, and says which one. */
  public static void assume(String test, String... names) {
    for (String name : names) {
      boolean found = find(name).isPresent();
      if (!found) {
        System.out.println(test + " did not run: " + new MissingProgramException(name).getMessage());
      }
      Assumptions.assumeTrue(found, name);
    }
  }

  /** A program that is not on PATH. Its message is for the user. */
  public static final class MissingProgramException extends IllegalStateException {
    MissingProgramException(String name) {
      super(name + " is not on PATH; `make real` installs it");
    }
  }
}
