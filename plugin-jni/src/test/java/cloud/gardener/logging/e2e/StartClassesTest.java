package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
          "java.util.Formatter");

  @TempDir Path folder;

  @Test
  void shouldBeOnlyThoseOfThePartsInUse() throws Exception {
    Path classes = folder.resolve("classes");
    LogFile logs = new LogFile(folder.resolve("pod.log"), 0);
    logs.write(RECORDS);
    Configuration configuration = new Configuration(logs.path(), folder.resolve("queue"));
    // Not the runtime with the cache: the JVM loads all classes of a cache.
    Map<String, String> environment =
        Map.of(
            "GARDENER_PLUGIN_JAVA_HOME", System.getProperty("java.home"),
            "GARDENER_PLUGIN_JAVA_OPTS", "-Xshare:off -Xlog:class+load:file=" + classes + ":none");
    try (SinkProcess sink = SinkProcess.start();
        HostProcess host =
            HostProcess.start(
                Distribution.plugin(), folder, configuration.to(sink.port()).toString(), environment)) {
      host.await("all records", () -> sink.records() >= RECORDS);
      assertEquals(0, host.terminate());
    }
    List<String> loaded = Files.readAllLines(classes);
    assertTrue(loaded.stream().anyMatch(line -> line.startsWith("io.grpc.")), "the classes are listed");
    assertEquals(
        List.of(), loaded.stream().filter(line -> UNUSED.stream().anyMatch(line::startsWith)).toList());
  }
}
