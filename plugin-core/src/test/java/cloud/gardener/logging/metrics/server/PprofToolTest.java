package cloud.gardener.logging.metrics.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users of the plugin in Go type. */
@Tag("real")
class PprofToolTest {
  @TempDir private Path home;

  @ParameterizedTest
  @CsvSource({
    "profile?seconds=1, Type: cpu, Thread.run",
    "heap, Type: inuse_space, java.lang.String",
    "goroutine, Type: threads, ThreadDump"
  })
  void shouldOpenWithGosTool(String page, String type, String function) throws Exception {
    boolean hasGo =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
    if (!hasGo) {
      System.out.println("PprofToolTest did not run: go is not on PATH");
    }
    Assumptions.assumeTrue(hasGo, "go");
    try (ServedMetrics served = new ServedMetrics()) {
      served.server.serveProfiles();
      String url = "http://127.0.0.1:" + served.port + "/debug/pprof/" + page;
      ProcessBuilder pprof =
          new ProcessBuilder("go", "tool", "pprof", "-top", "-nodefraction=0", url).redirectErrorStream(true);
      pprof.environment().put("PPROF_TMPDIR", home.toString());
      Process process = pprof.start();
      String output = new String(process.getInputStream().readAllBytes());

      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue(), output);
      assertTrue(output.contains(type) && output.contains(function), output);
    }
  }
}
