package cloud.gardener.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A JVM of its own for what needs a small heap: the tests' JDK and classes, and the serial collector. */
public final class SmallJvm {
  private SmallJvm() {}

  /**
   * Runs {@code main} to its end, and fails unless it exits with 0.
   *
   * @param options of the JVM, the size of the heap among them
   * @return what it printed, errors included
   */
  public static String run(List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), printed);
    return printed;
  }

  /** The lines {@code name=number} of what {@link #run} returned. */
  public static Map<String, Long> figures(String printed) {
    Map<String, Long> figures = new TreeMap<>();
    printed
        .lines()
        .filter(line -> line.matches("[a-zA-Z]+=-?[0-9]+"))
        .map(line -> line.split("="))
        .forEach(pair -> figures.put(pair[0], Long.parseLong(pair[1])));
    return figures;
  }
}
