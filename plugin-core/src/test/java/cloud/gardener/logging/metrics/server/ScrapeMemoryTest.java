package cloud.gardener.logging.metrics.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The page of 500 shoots' targets, in a process of their own with the heap that the shim chooses. */
class ScrapeMemoryTest {
  private static final int TARGETS = 500;
  private static final long FREE_BYTES = 2 << 20;

  @Test
  void shouldScrapeHundredsOfTargetsWithinTwoMebibytesOfHeapAndASecond() throws Exception {
    Map<String, Long> figures = run();

    System.out.println("a scrape of " + TARGETS + " targets: " + figures);
    assertTrue(figures.get("bytes") > TARGETS * 30 * 80L, figures.toString());
    assertTrue(figures.get("tightBytes") > TARGETS * 30 * 80L, figures.toString());
    assertTrue(figures.get("cpuMillis") < 1000, figures.toString());
    assertTrue(figures.get("tightStatusBytes") > TARGETS * 1000L, figures.toString());
    assertTrue(figures.get("statusMillis") < 1000, figures.toString());
  }

  private static Map<String, Long> run() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx40m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ScrapeMain.class.getName(),
                Integer.toString(TARGETS),
                Long.toString(FREE_BYTES))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), output);
    Map<String, Long> figures = new TreeMap<>();
    output.lines()
        .filter(line -> line.matches("[a-zA-Z]+=[0-9]+"))
        .forEach(line -> figures.put(line.split("=")[0], Long.parseLong(line.split("=")[1])));
    return figures;
  }
}
