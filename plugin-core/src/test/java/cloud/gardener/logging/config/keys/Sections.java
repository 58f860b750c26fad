package cloud.gardener.logging.config.keys;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Output sections as a host hands them out: by name, letter case apart. */
public final class Sections {
  private Sections() {}

  /** Names and values in turn. */
  public static Function<String, String> of(String... namesAndValues) {
    Map<String, String> section = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      section.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return section::get;
  }

  /** Lines of a classic configuration file: a name, and the rest of the line as its value. */
  static Function<String, String> ofLines(String lines) {
    Map<String, String> section = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    lines.lines()
        .map(line -> line.trim().split("\\s+", 2))
        .forEach(parts -> section.put(parts[0], parts[1]));
    return section::get;
  }
}
