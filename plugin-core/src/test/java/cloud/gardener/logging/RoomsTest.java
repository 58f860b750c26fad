package cloud.gardener.logging;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rooms and the arrows between them, as docs/architecture.md draws them. */
class RoomsTest {
  private static final String ROOT = "cloud.gardener.logging.";
  private static final Path SOURCES = Path.of("src/main/java/cloud/gardener/logging");
  private static final Path BRIDGE = Path.of("../plugin-jni/src/main/java/cloud/gardener/logging/jni");
  private static final List<Path> SOURCE_FOLDERS =
      Stream.of("src/main", "src/test", "../plugin-jni/src/main", "../plugin-jni/src/test").map(Path::of).toList();
  private static final Path ARCHITECTURE = Path.of("../docs/architecture.md");

  /** A room with more files is two rooms. */
  private static final int MAX_FILES = 25;

  /** Each room with those that it uses, which stand above it: all of them, and no others. */
  private static final Map<String, TreeSet<String>> ROOMS = new LinkedHashMap<>();

  private static void room(String name, String... uses) {
    ROOMS.put(name, new TreeSet<>(List.of(uses)));
  }

  static {
    room("config.syntax");
    room("config.value", "config.syntax");
    room("config", "config.syntax", "config.value");
    room("config.keys", "config", "config.syntax", "config.value");

    room("log");
    room("metrics");
    room("metrics.status", "metrics");
    room("metrics.profile");
    room("metrics.server", "metrics", "metrics.profile", "metrics.status");

    room("pace", "config");

    room("event");
    room("route", "config", "config.value", "event");
    room("kubernetes", "config", "config.value", "metrics", "pace", "route");

    room("otlp.value", "event");
    room("otlp.json", "event");
    room("otlp.severity", "event");
    room("otlp.keys", "event", "otlp.severity", "otlp.value");
    room("otlp.resource", "config", "config.value", "event", "otlp.keys", "otlp.value");
    room(
        "otlp",
        "config",
        "config.value",
        "event",
        "otlp.json",
        "otlp.keys",
        "otlp.resource",
        "otlp.severity",
        "otlp.value");

    room("queue.segment", "config.value");
    room("queue", "config", "config.value", "queue.segment");

    room("export", "config.value");
    room("export.transport", "config", "config.value", "export");
    room("export.tls", "config", "export", "export.transport");
    room("export.grpc", "config", "config.value", "export", "export.tls", "export.transport");
    room("export.http", "config", "config.value", "export", "export.tls", "export.transport");
    room(
        "export.clients",
        "config",
        "config.value",
        "export",
        "export.grpc",
        "export.http",
        "export.tls",
        "export.transport");
    room("sdk", "config", "config.value", "export", "pace");

    room("intake", "config", "config.value", "event", "log", "metrics", "otlp", "queue", "route");
    room("migration", "config", "event", "intake", "log", "queue");
    room("delivery", "config", "config.value", "export", "otlp", "pace", "queue");
    room(
        "pipeline",
        "config",
        "config.value",
        "delivery",
        "export",
        "export.clients",
        "intake",
        "kubernetes",
        "log",
        "metrics",
        "metrics.server",
        "migration",
        "pace",
        "queue",
        "route",
        "sdk");

    room("tool.fluentbit");
    room(
        "tool.check",
        "config",
        "config.keys",
        "config.value",
        "event",
        "export",
        "export.clients",
        "route",
        "tool.fluentbit");
    room("tool.queue", "export.http", "migration", "queue", "queue.segment");
    room("tool", "config", "tool.check", "tool.queue");
  }

  /** What the bridge of plugin-jni uses. */
  private static final TreeSet<String> OF_THE_BRIDGE =
      new TreeSet<>(
          List.of("config", "config.keys", "config.value", "export", "intake", "migration", "pipeline", "queue"));

  @Test
  void shouldDrawEveryArrowThatIsUsedAndNoOther() {
    Map<String, TreeSet<String>> used = new LinkedHashMap<>();
    ROOMS.keySet().forEach(room -> used.put(room, new TreeSet<>()));
    for (JavaClass each :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("cloud.gardener.logging")) {
      String room = roomOf(each);
      assertTrue(used.containsKey(room), "not a room: " + each.getName());
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getName().startsWith(ROOT) && !roomOf(target).equals(room)) {
          used.get(room).add(roomOf(target));
        }
      }
    }
    assertEquals(lines(ROOMS), lines(used));
  }

  private static String roomOf(JavaClass each) {
    return each.getPackageName().substring(ROOT.length());
  }

  private static String lines(Map<String, TreeSet<String>> rooms) {
    StringBuilder lines = new StringBuilder();
    rooms.forEach((room, uses) -> lines.append(room).append(" -> ").append(uses).append('\n'));
    return lines.toString();
  }

  @Test
  void shouldPointDownOnly() {
    TreeSet<String> below = new TreeSet<>();
    ROOMS.forEach(
        (room, uses) -> {
          assertTrue(below.containsAll(uses), room + " uses what does not stand below it: " + uses);
          below.add(room);
        });
  }

  @Test
  void shouldBeEnteredByTheBridgeWhereTheDoorsAre() throws IOException {
    Pattern imported = Pattern.compile("import (?:static )?" + Pattern.quote(ROOT) + "([a-z.]+)\\.[A-Z]");
    TreeSet<String> used = new TreeSet<>();
    try (Stream<Path> files = Files.list(BRIDGE)) {
      for (Path file : files.toList()) {
        Matcher imports = imported.matcher(Files.readString(file));
        while (imports.find()) {
          used.add(imports.group(1));
        }
      }
    }
    assertEquals(OF_THE_BRIDGE, used);
  }

  @TestFactory
  Stream<DynamicTest> shouldBeSmallAndSayTheirDesign() {
    return ROOMS.keySet().stream().map(room -> DynamicTest.dynamicTest(room, () -> check(room)));
  }

  private static void check(String room) throws IOException {
    Path folder = SOURCES.resolve(room.replace('.', '/'));
    assertTrue(Files.exists(folder.resolve("package-info.java")), "no package-info");
    try (Stream<Path> files = Files.list(folder)) {
      long count = files.filter(file -> file.toString().endsWith(".java")).count();
      assertTrue(count <= MAX_FILES, count + " files");
    }
  }

  /** So that a name in a comment, a log line or a search means one class. */
  @Test
  void shouldNameEachClassOnce() throws IOException {
    Map<String, Path> seen = new TreeMap<>();
    for (Path sources : SOURCE_FOLDERS) {
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(RoomsTest::isClass).toList()) {
          Path other = seen.put(file.getFileName().toString(), file);
          assertNull(other, () -> file + " has the name of " + other);
        }
      }
    }
    assertTrue(seen.containsKey("RoomsTest.java"), "looks at the wrong folders");
  }

  private static boolean isClass(Path file) {
    return file.toString().endsWith(".java") && !file.endsWith("package-info.java");
  }

  @Test
  void shouldStandInTheArchitecture() throws IOException {
    Map<String, TreeSet<String>> written = new LinkedHashMap<>();
    Pattern row = Pattern.compile("(?m)^\\| `([a-z.]+)` \\|[^|]*\\|([^|]*)\\|$");
    Pattern name = Pattern.compile("`([a-z.]+)`");
    Matcher rows = row.matcher(Files.readString(ARCHITECTURE));
    while (rows.find()) {
      Stream<String> uses = name.matcher(rows.group(2)).results().map(use -> use.group(1));
      written.put(rows.group(1), uses.collect(toCollection(TreeSet::new)));
    }
    assertEquals(lines(new TreeMap<>(ROOMS)), lines(new TreeMap<>(written)));
  }
}
