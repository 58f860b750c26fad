package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.sink.PathSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plain output over gRPC loads no class of what it does not use. Each class costs memory and time at every start; the
 * AOT cache only makes it cheaper.
 */
class StartClassesTest {
  private static final int RECORDS = 100;

  /** Of other outputs, of pages that nobody has opened, and of parts of the libraries that are switched off. */
  private static final List<String> UNUSED =
      List.of(
          "tools.jackson.",
          "io.fabric8.",
          "java.net.http.",
          "io.micrometer.",
          "io.opentelemetry.",
          "org.slf4j.",
          "picocli.",
          "org.snakeyaml.",
          "cloud.gardener.logging.sdk.",
          "cloud.gardener.logging.metrics.status.",
          "io.netty.buffer.Adaptive",
          "io.netty.handler.ssl.SslHandler",
          "jdk.jfr.Event",
          "java.lang.management.ManagementFactory",
          "java.util.Formatter",
          "java.math.BigDecimal",
          // What makes methods of records and serializable lambdas at run time: the AOT cache cannot keep these.
          "java.lang.runtime.ObjectMethods",
          "java.util.Comparator$$Lambda",
          // Makes classes for a method that is called by reflection.
          "sun.invoke.util.ValueConversions$WrapperCache");

  private static final String HTTP = "cloud.gardener.logging.export.http.";

  @TempDir Path folder;

  @Test
  void shouldBeOnlyThoseOfThePartsInUse() throws Exception {
    try (SinkProcess sink = SinkProcess.start()) {
      List<String> loaded = load(output -> output.to(sink.port()), () -> sink.records() >= RECORDS);
      assertTrue(loaded.stream().anyMatch(line -> line.startsWith("io.grpc.")), "the classes are listed");
      assertEquals(List.of(), among(UNUSED, loaded));
    }
  }

  @Test
  void shouldNotBeThoseOfJsonForProtobufOverHttp() throws Exception {
    try (PathSink sink = PathSink.start()) {
      String endpoint = "http://127.0.0.1:" + sink.port();
      List<String> loaded =
          load(
              output -> output.output("SeedType", "otlp_http").output("Endpoint", endpoint),
              () -> sink.records() >= RECORDS);
      assertTrue(loaded.stream().anyMatch(line -> line.startsWith(HTTP + "HttpBody")), "the classes are listed");
      assertEquals(List.of(), among(List.of("tools.jackson.", HTTP + "OtlpJson", HTTP + "JsonResponse"), loaded));
    }
  }

  private static List<String> among(List<String> starts, List<String> loaded) {
    return loaded.stream().filter(line -> starts.stream().anyMatch(line::startsWith)).toList();
  }

  /** Returns the lines with the classes that a process has loaded until it has sent all records. */
  private List<String> load(Consumer<Configuration> target, HostProcess.Condition arrived) throws Exception {
    Path classes = folder.resolve("classes");
    LogFile logs = new LogFile(folder.resolve("pod.log"), 0);
    logs.write(RECORDS);
    Configuration configuration = new Configuration(logs.path(), folder.resolve("queue"));
    target.accept(configuration);
    // Not the runtime with the cache: the JVM loads all classes of a cache.
    Map<String, String> environment =
        Map.of(
            "GARDENER_PLUGIN_JAVA_HOME", System.getProperty("java.home"),
            "GARDENER_PLUGIN_JAVA_OPTS", "-Xshare:off -Xlog:class+load:file=" + classes + ":none");
    try (HostProcess host =
        HostProcess.start(Distribution.plugin(), folder, configuration.toString(), environment)) {
      host.await("all records", arrived);
      assertEquals(0, host.terminate());
    }
    return Files.readAllLines(classes);
  }
}
