package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AOT cache of the distribution serves its own runtime; the start line says whether it does. */
class AotCacheTest {
  private static final int RECORDS = 100;
  private static final int MANY_RECORDS = 50_000;

  /** Of large requests over gRPC and HTTP, gzip, zstd, TLS, the metrics, the status page, and the watch of shoots. */
  private static final Set<String> TRAINED =
      Set.of(
          "cloud.gardener.logging.queue.EntryArrays$Shelf",
          "cloud.gardener.logging.export.grpc.GrpcCall",
          "cloud.gardener.logging.export.http.HttpCall",
          "java.util.zip.GZIPOutputStream",
          "cloud.gardener.logging.export.transport.ZstdOutput",
          "io.netty.handler.ssl.SslHandler",
          "cloud.gardener.logging.metrics.Exposition",
          "cloud.gardener.logging.metrics.status.StatusHtml",
          "cloud.gardener.logging.kubernetes.FabricApiClient",
          "cloud.gardener.logging.kubernetes.Reflector");

  @TempDir Path folder;

  @Test
  void shouldServeTheRuntimeThatItWasMadeWith() throws Exception {
    Path plugins = copy();
    String line = onlyAotLine(plugins, runtime(plugins));
    assertTrue(line.endsWith(" MiB, AOT cache in use"), line);
  }

  @Test
  void shouldBeLeftOutWithAnotherJar() throws Exception {
    Path plugins = copy();
    Files.setLastModifiedTime(plugins.resolve("gardener/lib/gardener-plugin.jar"), FileTime.fromMillis(0));
    String line = onlyAotLine(plugins, runtime(plugins));
    assertTrue(line.contains(" MiB, AOT cache not in use: "), line);
  }

  @Test
  void shouldBeLeftOutWithAnotherJvm() throws Exception {
    Path jvm = Path.of(System.getProperty("java.home"));
    String line = onlyAotLine(copy(), jvm);
    assertTrue(line.contains(" in " + jvm + ", heap of at most "), line);
    assertTrue(line.contains("no AOT cache for this Java"), line);
  }

  /** All classes of the cache are loaded at each start. One of each part that the training covers must be among them. */
  @Test
  void shouldHaveTheClassesOfAllThatANodeDoes() throws Exception {
    Path plugins = copy();
    Path loaded = folder.resolve("loaded");
    run(plugins, runtime(plugins), "-Xlog:class+load:file=" + loaded + ":none", RECORDS);
    Set<String> ofTheCache =
        Files.readAllLines(loaded).stream()
            .filter(line -> line.contains(" source: shared objects file"))
            .map(line -> line.substring(0, line.indexOf(' ')))
            .collect(Collectors.toSet());
    assertEquals(Set.of(), TRAINED.stream().filter(name -> !ofTheCache.contains(name)).collect(Collectors.toSet()));
  }

  /** What the JVM compiles early is more code than it would, by default, make between two collections of the heap. */
  @Test
  void shouldNotCollectTheWholeHeapAtTheFirstRequests() throws Exception {
    Path plugins = copy();
    Path collections = folder.resolve("collections");
    run(plugins, runtime(plugins), "-Xlog:gc:file=" + collections, MANY_RECORDS);
    List<String> pauses = Files.readAllLines(collections).stream().filter(line -> line.contains("Pause")).toList();
    assertTrue(pauses.stream().anyMatch(line -> line.contains("Pause Young")), "collections are listed");
    assertEquals(List.of(), pauses.stream().filter(line -> line.contains("CodeCache")).toList());
  }

  /** The training compiled with C1 alone: its record would keep that for what it compiled. */
  @Test
  void shouldLeaveTheRecordsPathToC2WhereThatIsAskedFor() throws Exception {
    Path plugins = copy();
    Path compiled = folder.resolve("compiled");
    String options = "-XX:TieredStopAtLevel=4 -Xlog:jit+compilation=debug:file=" + compiled;
    run(plugins, runtime(plugins), options, MANY_RECORDS);
    Predicate<String> byC2 = Pattern.compile(" 4 +cloud\\.gardener\\.logging\\.event\\.EventDecoder::").asPredicate();
    assertTrue(Files.readAllLines(compiled).stream().anyMatch(byC2));
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

  /** The one line about the cache of a run that delivers, which says nothing else of it, nor does the JVM. */
  private String onlyAotLine(Path plugins, Path javaHome) throws Exception {
    Predicate<String> isAboutTheCache = line -> line.contains("AOT") || line.contains("the JVM says");
    List<String> lines = run(plugins, javaHome, "", RECORDS).stream().filter(isAboutTheCache).toList();
    assertEquals(1, lines.size(), lines::toString);
    return lines.get(0);
  }

  /** What the host prints in a run that delivers. */
  private List<String> run(Path plugins, Path javaHome, String javaOptions, int records)
      throws Exception {
    LogFile logs = new LogFile(folder.resolve("pod.log"), 0);
    logs.write(records);
    Configuration configuration = new Configuration(logs.path(), folder.resolve("queue"));
    configuration.service("Log_Level", "debug").output("LogLevel", "debug");
    Map<String, String> environment =
        Map.of(
            "GARDENER_PLUGIN_JAVA_HOME", javaHome.toString(),
            "GARDENER_PLUGIN_JAVA_OPTS", javaOptions);
    Path library = plugins.resolve(Distribution.plugin().getFileName());
    try (SinkProcess sink = SinkProcess.start();
        HostProcess host =
            HostProcess.start(library, folder, configuration.to(sink.port()).toString(), environment)) {
      host.await("all records", () -> sink.records() >= records);
      assertEquals(0, host.terminate());
      return host.lines();
    }
  }
}
