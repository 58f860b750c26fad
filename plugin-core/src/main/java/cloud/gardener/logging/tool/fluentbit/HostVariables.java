package cloud.gardener.logging.tool.fluentbit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The variables of a configuration: those that it sets itself, then those of the environment. Replaces {@code ${NAME}}
 * and {@code ${NAME:-default}} in values as Fluent Bit does. Not thread-safe.
 */
public final class HostVariables {
  private static final String FILE = "file://";

  private final Map<String, String> set = new HashMap<>();
  private final Function<String, String> environment;
  private final Set<String> missing = new TreeSet<>();

  /**
   * Creates the variables.
   *
   * @param environment returns the value of a variable of the environment, or null
   */
  public HostVariables(Function<String, String> environment) {
    this.environment = environment;
  }

  /** Sets a variable; {@code file://} before a path means the content of that file. */
  void define(String name, String value, Place place) throws ConfigFileException {
    set.put(name, value.startsWith(FILE) ? read(value.substring(FILE.length()), place) : value);
  }

  private static String read(String file, Place place) throws ConfigFileException {
    try {
      String text = Files.readString(Path.of(file), StandardCharsets.UTF_8);
      String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
      if (line.isEmpty()) {
        throw new ConfigFileException(place, "the file of a variable is empty: " + file);
      }
      return line;
    } catch (IOException e) {
      throw new ConfigFileException(place, "cannot read the file of a variable: " + file);
    }
  }

  /** Returns the value with its variables replaced. A variable that is not set becomes nothing. */
  public String expand(String value) {
    StringBuilder out = new StringBuilder();
    boolean found = false;
    int end = -1;
    int at = 0;
    while (at < value.length()) {
      int start = value.indexOf("${", at);
      if (start < 0) {
        break;
      }
      end = value.indexOf('}', at); // As Fluent Bit looks: also before the variable begins.
      if (end < start + 3) {
        break;
      }
      found = true;
      out.append(value, at, start).append(valueOf(value.substring(start + 2, end)));
      at = end + 1;
    }
    if (!found) {
      return value;
    }
    return end < 0 ? out.toString() : out.append(value, end + 1, value.length()).toString();
  }

  private String valueOf(String text) {
    int colon = text.indexOf(':');
    boolean hasDefault = colon >= 0 && text.startsWith(":-", colon);
    String name = hasDefault ? text.substring(0, colon) : text;
    String value = set.containsKey(name) ? set.get(name) : environment.apply(name);
    if (value != null && !value.isEmpty()) {
      return value;
    }
    if (hasDefault) {
      return text.substring(colon + 2);
    }
    missing.add(name);
    return "";
  }

  /** The variables without a value that {@link #expand} has met since the last call, sorted. */
  public Set<String> takeMissing() {
    Set<String> taken = new TreeSet<>(missing);
    missing.clear();
    return taken;
  }
}
