package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small seed in a box, from the outside: what it says at its end, and that nothing stays behind. */
@Tag("real")
@Timeout(600)
class SeedTest {
  private static final int SIGINT = 2;

  private static final Map<String, String> SMALL = Map.of("CLUSTERS", "3", "JOBS", "2", "LOGS", "300");

  @TempDir Path folder;

  @BeforeAll
  static void needsItsPrograms() {
    Programs.assume("SeedTest", SeedMain.NEEDED.toArray(String[]::new));
  }

  @Test
  void allArrivesOnceAndNothingStays() throws Exception {
    try (SeedProcess seed = SeedProcess.start(folder, SMALL)) {
      assertEquals(0, seed.awaitExit(), seed::output);

      long sent = seed.number("sent");
      assertTrue(sent >= 4 * 2 * 300, seed::output);
      assertEquals(sent, seed.number("arrived"), seed::output);
      assertEquals(0, seed.number("lost"), seed::output);
      assertEquals(0, seed.number("doubled"), seed::output);
      assertTrue(seed.output().matches("(?s).*\nshoot--logging--dev-3 +600 +600 +0 +0\n.*"), seed::output);
      assertNothingStays(seed);
    }
  }

  @Test
  void whatIsLostIsSaid() throws Exception {
    try (SeedProcess seed = SeedProcess.start(folder, SMALL)) {
      seed.awaitLine("starts 4 collectors");
      seed.awaitLine("   0 s ");
      seed.killOne("otelcol");

      assertEquals(1, seed.awaitExit(), seed::output);
      assertTrue(seed.number("lost") > 0, seed::output);
      assertEquals(seed.number("sent"), seed.number("arrived") + seed.number("lost"), seed::output);
    }
  }

  @Test
  void stopsCleanlyWhenItIsTold() throws Exception {
    try (SeedProcess seed = SeedProcess.start(folder, SMALL)) {
      seed.awaitLine("   0 s ");
      // A shell ignores the signal of Ctrl-C for what it runs in the background, and so for what that starts.
      boolean background = isInterruptIgnored();
      seed.signal(background ? "TERM" : "INT");

      assertEquals(background ? 143 : 130, seed.awaitExit(), seed::output);
      assertTrue(seed.output().endsWith("stopped\n"), seed::output);
      assertNothingStays(seed);
    }
  }

  private static boolean isInterruptIgnored() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(each -> each.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(line.substring(line.indexOf('\t') + 1), 16) & 1 << SIGINT - 1) != 0;
  }

  @Test
  void nothingStaysWhenItIsKilled() throws Exception {
    try (SeedProcess seed = SeedProcess.start(folder, SMALL)) {
      seed.awaitLine("   0 s ");
      seed.signal("KILL");

      seed.awaitNoProcesses();
    }
  }

  @Test
  void aWrongParameterIsOneLine() throws Exception {
    try (SeedProcess seed = SeedProcess.start(folder, Map.of("CLUSTERS", "many"))) {
      assertEquals(2, seed.awaitExit());
      assertEquals("seed: CLUSTERS=many is no whole number from 1 to 200\n", seed.output());
    }
  }

  @Test
  void aMissingProgramIsOneLine() throws Exception {
    try (SeedProcess seed = SeedProcess.start(folder, Map.of("PATH", "/nowhere"))) {
      assertEquals(2, seed.awaitExit());
      assertEquals("seed: etcd is not on PATH; `make real` installs it\n", seed.output());
    }
  }

  private void assertNothingStays(SeedProcess seed) throws Exception {
    seed.awaitNoProcesses();
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count(), "files in " + folder);
    }
  }
}
