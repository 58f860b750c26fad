package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of the built plugin on the runtime that is shipped with it, which lacks most modules of a JDK. */
class PagesTest {
  @TempDir private Path folder;
  private Path runtime;

  @BeforeEach
  void findRuntime() {
    runtime = Distribution.plugin().resolveSibling("gardener/runtime");
    boolean isThere = Files.exists(runtime.resolve("bin/java"));
    if (!isThere) {
      System.out.println("PagesTest did not run: no JDK with jlink made a runtime");
    }
    Assumptions.assumeTrue(isThere, "runtime");
  }

  @Test
  void shouldServeEachPageOnTheShippedRuntime() throws Exception {
    LogFile logs = new LogFile(folder.resolve("pod.log"), 0);
    logs.write(100);
    Configuration configuration = new Configuration(logs.path(), folder.resolve("queue"));
    configuration.output("Pprof", "true");
    int port = configuration.metricsPort();
    Map<String, String> environment = Map.of("GARDENER_PLUGIN_JAVA_HOME", runtime.toString());
    try (SinkProcess sink = SinkProcess.start();
        HostProcess host = HostProcess.start(folder, configuration.to(sink.port()).toString(), environment)) {
      host.await("all records", () -> sink.records() >= 100);

      assertPage(port, "/", "<h1>Gardener output plugin</h1>");
      assertPage(port, "/?format=text", "health: ok");
      assertPage(port, "/status.json", "\"exported\":100");
      assertPage(port, "/metrics", "fluentbit_gardener_build_info{");
      assertPage(port, "/debug/pprof/", "goroutine");
      assertPage(port, "/debug/pprof/heap?debug=1", "java.lang.String");
      assertPage(port, "/debug/pprof/goroutine?debug=1", "gardener-worker-1");
      assertPage(port, "/debug/pprof/profile?seconds=1&debug=1", ";");
    }
  }

  private static void assertPage(int port, String path, String text) throws InterruptedException {
    String page = Scrape.text(port, path);
    assertTrue(page.contains(text), path + ":\n" + page);
  }
}
