package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AOT cache of the distribution serves its own runtime; where it does not, that is one line for who debugs. */
class AotCacheTest {
  private static final int RECORDS = 100;

  @TempDir Path folder;

  @Test
  void shouldServeTheRuntimeThatItWasMadeWith() throws Exception {
    Path plugins = copy();
    assertEquals(List.of(), aotLines(plugins, runtime(plugins), "debug"));
  }

  @Test
  void shouldBeLeftOutWithOtherJarsAndSaySoInOneDebugLine() throws Exception {
    Path plugins = copy();
    try (var jars = Files.list(plugins.resolve("gardener/lib"))) {
      for (Path jar : jars.toList()) {
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
      }
    }
    assertEquals(1, aotLines(plugins, runtime(plugins), "debug").size());
    assertEquals(List.of(), aotLines(plugins, runtime(plugins), "info"));
  }

  @Test
  void shouldBeLeftOutWithAnotherJvmAndSaySoInOneDebugLine() throws Exception {
    Path jvm = Path.of(System.getProperty("java.home"));
    assertEquals(1, aotLines(copy(), jvm, "debug").size());
  }

  /** With the cache, if the runtime is new enough for one. */
  private Path copy() throws Exception {
    Path plugins = folder.resolve("plugins");
    if (Files.notExists(plugins)) {
      HostProcess.run("cp", "-a", Distribution.plugin().getParent().toString(), plugins.toString());
    }
    return plugins;
  }

  private static Path runtime(Path plugins) {
    return plugins.resolve("gardener/runtime");
  }

  /** What a run that delivers has to say about the cache, the JVM's own lines among it. */
  private List<String> aotLines(Path plugins, Path javaHome, String level) throws Exception {
    LogFile logs = new LogFile(folder.resolve("pod.log"), 0);
    logs.write(RECORDS);
    Configuration configuration = new Configuration(logs.path(), folder.resolve("queue"));
    configuration.service("Log_Level", "debug").output("LogLevel", level);
    Map<String, String> environment = Map.of("GARDENER_PLUGIN_JAVA_HOME", javaHome.toString());
    Path library = plugins.resolve(Distribution.plugin().getFileName());
    try (SinkProcess sink = SinkProcess.start();
        HostProcess host =
            HostProcess.start(library, folder, configuration.to(sink.port()).toString(), environment)) {
      host.await("all records", () -> sink.records() >= RECORDS);
      assertEquals(0, host.terminate());
      Predicate<String> isAboutTheCache = line -> line.contains("AOT") || line.contains("the JVM says");
      return host.lines().stream().filter(isAboutTheCache).toList();
    }
  }
}
