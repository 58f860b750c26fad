package cloud.gardener.logging.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.e2e.Configuration;
import cloud.gardener.logging.e2e.HostProcess;
import cloud.gardener.logging.e2e.LogFile;
import cloud.gardener.logging.seed.Programs;
import cloud.gardener.logging.sink.OtlpSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script of {@code helm test} succeeds while the plugin runs, and fails when it does not. It finds only the
 * programs of busybox, as in the pod's image.
 */
@Tag("real")
class HelmTestTest {
  private static final String BUSYBOX = "busybox";
  private static final String SERVICE = "http://{{ include \"plugin.name\" . }}.{{ .Release.Namespace }}:2021/";

  @TempDir Path folder;

  @Test
  void shouldFailUnlessThePluginRuns() throws Exception {
    Programs.assume("HelmTestTest", BUSYBOX);
    assertTrue(Files.readString(Chart.file("values.yaml")).contains("  image: busybox:"), "the pod's image");
    installBusybox();
    LogFile logs = new LogFile(folder.resolve("pod.log"), 0);
    logs.write(1);
    try (OtlpSink backend = OtlpSink.start()) {
      Configuration configuration =
          new Configuration(logs.path(), folder.resolve("queue")).to(backend.port());
      String script = script(configuration.metricsPort());
      try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
        host.await("a record", () -> backend.totals().records() > 0);

        assertEquals(0, run(script));
      }
      assertNotEquals(0, run(script));
    }
  }

  /** The pod's script, for the plugin on this machine instead of the one behind the Service. */
  private static String script(int port) throws IOException {
    String pod = Files.readString(Chart.file("templates/tests/health.yaml"));
    String script = pod.substring(pod.indexOf("- |\n") + 4, pod.indexOf("      resources:"));
    assertTrue(pod.contains("command: [sh, -ec]") && script.contains(SERVICE), pod);
    return script.replace(SERVICE, "http://127.0.0.1:" + port + "/").stripIndent();
  }

  private Path programs() {
    return folder.resolve("bin");
  }

  /** A link for each of its programs. */
  private void installBusybox() throws IOException, InterruptedException {
    Path busybox = Programs.path(BUSYBOX);
    Files.createDirectory(programs());
    assertEquals(0, start(busybox.toString(), "--install", "-s", programs().toString()).waitFor());
  }

  private int run(String script) throws IOException, InterruptedException {
    return start(programs().resolve("sh").toString(), "-ec", script).waitFor();
  }

  private Process start(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("PATH", programs().toString());
    return builder.start();
  }
}
