package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input ends the start with one clear line that names it. */
class RefusalTest {
  @TempDir Path folder;

  private Configuration configuration;

  @BeforeEach
  void writeInput() {
    LogFile logs = new LogFile(folder.resolve("pod.log"), 0);
    logs.write(1);
    configuration = new Configuration(logs.path(), folder.resolve("queue"));
  }

  @Test
  void shouldNameTheKeyAndTheValueThatDoNotParse() throws Exception {
    configuration.output("SeedType", "otlp_grcp");
    assertRefused("SeedType", "otlp_grcp", "otlp_grpc");
  }

  @Test
  void shouldNameEachWrongValueInALineOfItsOwn() throws Exception {
    configuration
        .output("SeedType", "otlp_grcp")
        .output("Timeout", "soon")
        .output("Headers", "s3cr3t")
        .output("DQueTotalMaxBytes", "1");
    try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
      assertNotEquals(0, host.awaitExit());
      assertOneLine(host.lines(), "SeedType", "otlp_grcp");
      assertOneLine(host.lines(), "Timeout", "soon");
      assertOneLine(host.lines(), "Headers", "hidden");
      assertOneLine(host.lines(), "DQueTotalMaxBytes");
      assertTrue(host.lines().stream().noneMatch(line -> line.contains("s3cr3t")));
    }
  }

  @Test
  void shouldNameTheExpressionThatCannotBeRead() throws Exception {
    configuration.output("SeedType", "stdout").output("DynamicHostRegex", "^shoot(?=-)");
    assertRefused("DynamicHostRegex", "^shoot(?=-)", "RE2");
  }

  @Test
  void shouldNameTheOtherOutputThatUsesTheFolder() throws Exception {
    configuration.output("SeedType", "stdout").secondOutput("Origin", "second");
    assertRefused(folder.resolve("queue").toString(), "another output", "DQueName");
  }

  @Test
  void shouldNameTheFolderThatCannotBeWritten() throws Exception {
    Path file = Files.writeString(folder.resolve("not-a-folder"), "");
    configuration.output("SeedType", "stdout").output("DQueDir", file.toString());
    assertRefused(file.toString());
  }

  @Test
  void shouldNameTheQueueThatAnotherProcessHolds() throws Exception {
    configuration.output("SeedType", "stdout");
    try (HostProcess first = HostProcess.start(folder, configuration.toString())) {
      first.awaitLine(line -> line.contains("seq=0"));
      Path second = Files.createDirectory(folder.resolve("second"));
      configuration.output("MetricsPort", "0");
      try (HostProcess refused = HostProcess.start(second, configuration.toString())) {
        assertNotEquals(0, refused.awaitExit());
        assertOneLine(refused.lines(), folder.resolve("queue").toString(), "process");
      }
      assertTrue(first.isAlive());
    }
  }

  @Test
  void shouldShowNoSecret() throws Exception {
    configuration
        .output("Headers", "{\"Authorization\": \"Bearer s3cr3t\"}")
        .output("Timeout", "soon");
    assertRefused("Timeout", "soon");
  }

  private void assertRefused(String... words) throws Exception {
    try (HostProcess host = HostProcess.start(folder, configuration.toString())) {
      assertNotEquals(0, host.awaitExit());
      assertOneLine(host.lines(), words);
      assertTrue(host.lines().stream().noneMatch(line -> line.contains("s3cr3t")));
      assertTrue(
          host.lines().stream().noneMatch(line -> line.startsWith("\tat ")), "a stack trace");
    }
  }

  private static void assertOneLine(List<String> lines, String... words) {
    long matching =
        lines.stream()
            .filter(line -> line.contains("[gardener]"))
            .filter(line -> List.of(words).stream().allMatch(line::contains))
            .count();
    assertEquals(1, matching, () -> "no single line with " + List.of(words) + " in " + lines);
  }
}
