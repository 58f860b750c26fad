package cloud.gardener.logging.metrics.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.SmallJvm;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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
    String output =
        SmallJvm.run(
            List.of("-Xmx40m"), ScrapeMain.class, Integer.toString(TARGETS), Long.toString(FREE_BYTES));
    return SmallJvm.figures(output);
  }
}
