package cloud.gardener.logging.seed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How large a seed is and what its pods write. The first four are those of the performance test in the repository
 * of the plugin in Go, with its meanings.
 *
 * @param clusters shoots
 * @param jobs pods in each shoot, and in the seed
 * @param logs records of each pod
 * @param logsDelay how long a pod waits before its first record
 * @param rate records of each pod in a second; 0 is as fast as the disk takes them
 * @param flush Fluent Bit's own Flush, in seconds
 * @param goPlugin the plugin in Go, to run the same with
 */
record SeedParameters(
    int clusters, int jobs, int logs, Duration logsDelay, int rate, int flush, Optional<Path> goPlugin) {

  /** Reads the environment. */
  static SeedParameters of(Map<String, String> environment) {
    return new SeedParameters(
        number(environment, "CLUSTERS", 5, 1, 200),
        number(environment, "JOBS", 4, 1, 100),
        number(environment, "LOGS", 3_000, 1, 10_000_000),
        seconds(environment, "LOGS_DELAY", 12),
        number(environment, "RATE", 100, 0, 1_000_000),
        number(environment, "FLUSH", 1, 1, 60),
        file(environment, "GO_PLUGIN"));
  }

  /** What all pods write together. */
  long records() {
    return (long) (clusters + 1) * jobs * logs;
  }

  private static int number(Map<String, String> environment, String key, int otherwise, int least, int most) {
    String text = environment.getOrDefault(key, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new SeedException(key + "=" + text + " is no whole number from " + least + " to " + most);
  }

  /** The Go repository writes {@code 25s}. */
  private static Duration seconds(Map<String, String> environment, String key, int otherwise) {
    String text = environment.getOrDefault(key, "").replaceFirst("s$", "");
    return Duration.ofSeconds(number(Map.of(key, text), key, otherwise, 0, 3_600));
  }

  private static Optional<Path> file(Map<String, String> environment, String key) {
    String text = environment.getOrDefault(key, "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Path file = Path.of(text).toAbsolutePath();
    if (!Files.isRegularFile(file)) {
      throw new SeedException(key + "=" + text + ": there is no such file");
    }
    return Optional.of(file);
  }
}
