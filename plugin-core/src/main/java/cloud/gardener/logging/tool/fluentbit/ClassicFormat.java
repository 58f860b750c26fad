package cloud.gardener.logging.tool.fluentbit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The classic format. A key ends at the first space; what the first key is indented by, every key must be. */
final class ClassicFormat {
  private static final String INCLUDE = "@include ";

  private final FluentBitConfig config;
  private final Path folder;
  private final Set<Path> read = new HashSet<>();

  ClassicFormat(FluentBitConfig config) {
    this.config = config;
    this.folder = config.resolve("");
  }

  void readFile(Path file) throws ConfigFileException {
    try {
      if (!read.add(file.toRealPath())) {
        throw new ConfigFileException(file.toString(), "Fluent Bit does not read a file twice");
      }
      parse(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ConfigFileException(file.toString(), "there is no such file, or it cannot be read");
    }
  }

  /** Reads the keys of one output that another format holds as text in this format. */
  void readKeys(String name, int firstLine, String text, Section section) throws ConfigFileException {
    int line = firstLine;
    for (String each : text.split("\n")) {
      if (!each.isBlank() && !each.strip().startsWith("#")) {
        addProperty(each.strip(), new Place(name, line), section);
      }
      line++;
    }
  }

  private void parse(String name, String text) throws ConfigFileException {
    Section section = null;
    String indent = null;
    boolean inGroup = false;
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      Place place = new Place(name, number);
      String line = raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw;
      if (line.isEmpty() || line.charAt(0) == '#') {
        continue;
      }
      if (line.charAt(0) == '@' && line.length() > 3) {
        runCommand(line, place);
        continue;
      }
      if (line.charAt(0) == '[') {
        section = parseHeader(line, place);
        inGroup = false;
        continue;
      }
      if (indent == null) {
        if (!isBlank(line.charAt(0))) {
          throw new ConfigFileException(place, "keys must be indented: Fluent Bit takes the first letter away");
        }
        indent = line.substring(0, blanks(line));
        if (indent.length() == line.length()) {
          continue;
        }
      }
      int level = level(line, indent, place);
      inGroup &= level > indent.length();
      String rest = line.substring(level);
      if (rest.isEmpty() || rest.charAt(0) == '#') {
        continue;
      }
      if (rest.charAt(0) == '[' && rest.indexOf(' ') >= 0) {
        inGroup = true; // Fluent Bit itself takes a group's name only with a space in the line.
      } else if (section == null) {
        throw new ConfigFileException(place, "a key outside of a section");
      } else {
        addProperty(rest, place, inGroup ? Section.of(Section.Kind.OTHER, place) : section);
      }
    }
  }

  private void runCommand(String line, Place place) throws ConfigFileException {
    if (line.toLowerCase(Locale.ROOT).startsWith(INCLUDE) && line.length() > INCLUDE.length()) {
      for (Path file : ConfigFile.included(folder, line.substring(INCLUDE.length()), place)) {
        readFile(file);
      }
      return;
    }
    int space = line.indexOf(' ');
    if (space < 0) {
      throw new ConfigFileException(place, "a command without a value; known are @INCLUDE FILE and @SET NAME=VALUE");
    }
    String assignment = line.substring(space + 1).strip();
    int equals = assignment.indexOf('=');
    if (line.substring(1, space).equalsIgnoreCase("set") && equals >= 0) {
      config.variables().define(assignment.substring(0, equals), assignment.substring(equals + 1), place);
    }
  }

  private Section parseHeader(String line, Place place) throws ConfigFileException {
    int end = line.indexOf(']');
    if (end < 0) {
      throw new ConfigFileException(place, "a section without ]");
    }
    return config.add(kind(line.substring(1, end)), place);
  }

  /** The kind of a section. Fluent Bit compares as many letters as the name has. */
  private static Section.Kind kind(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if ("service".startsWith(lower)) {
      return Section.Kind.SERVICE;
    }
    if ("parser".startsWith(lower)) {
      return Section.Kind.OTHER;
    }
    if ("plugins".startsWith(lower)) {
      return Section.Kind.PLUGINS;
    }
    return "outputs".startsWith(lower) ? Section.Kind.OUTPUT : Section.Kind.OTHER;
  }

  /** The position at which the key begins: behind the indent, or twice the indent in a group. */
  private static int level(String line, String indent, Place place) throws ConfigFileException {
    if (!line.startsWith(indent)) {
      throw new ConfigFileException(place, "another indentation than the first key of the file: Fluent Bit needs the same");
    }
    int blanks = blanks(line);
    if (blanks != indent.length() && blanks != 2 * indent.length()) {
      throw new ConfigFileException(
          place,
          line.isBlank()
              ? "a line of blanks that are not the indentation: Fluent Bit refuses it"
              : "another indentation than the first key of the file: Fluent Bit needs the same");
    }
    return blanks;
  }

  private static int blanks(String line) {
    int count = 0;
    while (count < line.length() && isBlank(line.charAt(count))) {
      count++;
    }
    return count;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static void addProperty(String text, Place place, Section section) throws ConfigFileException {
    int space = text.indexOf(' ');
    if (space < 0) {
      String hint = text.indexOf('\t') >= 0 ? ": a space, not a tab, separates them" : "";
      throw new ConfigFileException(place, "a key without a value" + hint);
    }
    String value = text.substring(space + 1).strip();
    if (value.isEmpty()) {
      throw new ConfigFileException(place, "the key " + text.substring(0, space) + " has an empty value");
    }
    section.add(text.substring(0, space).strip(), value, place);
  }
}
