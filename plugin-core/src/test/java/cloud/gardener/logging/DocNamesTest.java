package cloud.gardener.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes, tests and files that a page names exist. */
class DocNamesTest {
  private static final Path ROOT = Path.of("..");

  /**
   * A class with its package, a test without it, or what {@code -Dtest} names; then a method. Or the file of a test. Or
   * a method alone, of the class or file before it.
   */
  private static final Pattern NAME =
      Pattern.compile(
          "(?:`|-Dtest=)((?:[a-z]+\\.)+[A-Z]\\w+|[A-Z]\\w+(?:Test|Contract))\\b(?:\\.(\\w+))?"
              + "|`test:([\\w/]+)\\.java`|`(should\\w+)`");

  private static final Pattern FILE =
      Pattern.compile("`(main:|test:|plugin-core/|plugin-jni/|scripts/|native/|charts/)([\\w./-]+[\\w/])`");

  /** The source of each class, by package and name. */
  private static final Map<String, String> SOURCES = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    for (String module : List.of("plugin-core", "plugin-jni")) {
      for (String code : List.of("main", "test")) {
        Path root = ROOT.resolve(module).resolve("src/" + code + "/java/cloud/gardener/logging");
        try (Stream<Path> files = Files.walk(root)) {
          for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
            String name = root.relativize(file).toString().replace('/', '.').replace(".java", "");
            SOURCES.put(name, Files.readString(file));
          }
        }
      }
    }
  }

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("native/README.md")));
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      files.filter(each -> each.toString().endsWith(".md")).forEach(pages::add);
    }
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void shouldNameClassesAndTestsThatExist(Path page) throws IOException {
    List<String> missing = new ArrayList<>();
    String test = "";
    for (MatchResult name : NAME.matcher(Files.readString(page)).results().toList()) {
      String method = name.group(4) == null ? name.group(2) : name.group(4);
      if (name.group(1) != null) {
        test = name.group(1);
      } else if (name.group(3) != null) {
        test = name.group(3).replace('/', '.');
      }
      if (isOurs(test) && !has(test, method)) {
        missing.add(test + (method == null ? "" : "." + method));
      }
    }

    assertEquals(List.of(), missing);
  }

  /** Names of other projects' classes begin with other packages. */
  private static boolean isOurs(String name) {
    String room = name.contains(".") ? name.substring(0, name.indexOf('.') + 1) : "";
    return SOURCES.keySet().stream().anyMatch(each -> each.startsWith(room));
  }

  private static boolean has(String name, String method) {
    return named(name).anyMatch(source -> method == null || declares(source, method));
  }

  private static Stream<String> named(String name) {
    return SOURCES.entrySet().stream()
        .filter(each -> each.getKey().equals(name) || each.getKey().endsWith("." + name) && !name.contains("."))
        .map(Map.Entry::getValue);
  }

  /** Whether the class or the one that it extends declares the method. */
  private static boolean declares(String source, String method) {
    Matcher parent = Pattern.compile(" extends (\\w+)").matcher(source);
    return Pattern.compile("[\\w>] " + method + "\\(").matcher(source).find()
        || parent.find() && has(parent.group(1), method);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void shouldNameFilesThatExist(Path page) throws IOException {
    List<String> missing = new ArrayList<>();
    for (MatchResult name : FILE.matcher(Files.readString(page)).results().toList()) {
      String file =
          switch (name.group(1)) {
            case "main:", "test:" ->
                "plugin-core/src/" + name.group(1).replace(":", "/java/cloud/gardener/logging/") + name.group(2);
            default -> name.group(1) + name.group(2);
          };
      if (!Files.exists(ROOT.resolve(file))) {
        missing.add(file);
      }
    }

    assertEquals(List.of(), missing);
  }

  /** `make faults` runs what is tagged. */
  @Test
  void shouldTagTheTestsThatMeasureFaults() throws IOException {
    String text = Files.readString(ROOT.resolve("docs/reliability.md"));
    String tables = text.substring(text.indexOf("## The fault suite"), text.indexOf("Real peers:"));
    List<String> tests =
        NAME.matcher(tables).results().map(name -> name.group(1)).distinct().toList();

    assertFalse(tests.isEmpty());
    assertEquals(
        List.of(),
        tests.stream()
            .filter(test -> named(test).noneMatch(source -> source.contains("@Tag(\"faults\")")))
            .toList());
  }
}
