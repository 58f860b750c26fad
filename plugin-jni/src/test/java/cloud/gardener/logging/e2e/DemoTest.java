package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code make demo} runs once everything is built. */
class DemoTest {
  @TempDir Path folder;

  @Test
  void shouldShowARecordAndLoseNothingInAnOutage() throws Exception {
    String shown = demo("", "2000");

    JsonNode record = json(shown.substring(shown.indexOf("\n{\n"), shown.indexOf("\n}\n") + 2));
    assertEquals("warn", record.findValue("severityText").asString());
    assertTrue(record.findValue("attributes").toString().contains("web-5d9f8c7b6-x2x4z"), record::toString);
    List<String> lines = Files.readAllLines(folder.resolve("records.json"));
    List<JsonNode> all = lines.stream().filter(each -> each.startsWith("{")).map(DemoTest::json).toList();
    assertEquals(sampleLines(), all.size());
    for (JsonNode each : all) {
      assertEquals(1, each.findValues("logRecords").size(), each::toString);
      assertEquals(1, each.findValue("logRecords").size(), each::toString);
      assertTrue(!each.findValue("body").isEmpty(), each::toString);
    }

    assertEquals(
        List.of("2000", "2000", "2000", "0", "0"),
        shown.lines().filter(line -> line.matches("   [a-z, ]+ +\\d+")).map(DemoTest::lastWord).toList());
  }

  @Test
  void shouldSendEachSampleLineToAnEndpoint() throws Exception {
    try (SinkProcess sink = SinkProcess.start()) {
      String shown = demo("127.0.0.1:" + sink.port(), "");
      assertEquals(sampleLines(), sink.records(), shown);
      assertTrue(shown.endsWith("== done\n"), shown);
    }
  }

  @Test
  void shouldSayWhereTheRecordsWaitWhenNobodyTakesThem() throws Exception {
    String shown = demo("127.0.0.1:" + Configuration.freePort(), "");
    assertTrue(shown.contains("they wait in " + folder.resolve("queues")), shown);
  }

  private String demo(String endpoint, String records) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "scripts/demo.sh")
            .directory(Distribution.projectFolder().toFile())
            .redirectErrorStream(true);
    builder.environment().put("ENDPOINT", endpoint);
    builder.environment().put("DEMO_FOLDER", folder.toString());
    builder.environment().put("RECORDS", records);
    Process demo = builder.start();
    String said = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, demo.waitFor(), said);
    return said;
  }

  private static JsonNode json(String text) {
    return JsonMapper.builder().build().readTree(text);
  }

  private static String lastWord(String line) {
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  private static long sampleLines() throws IOException {
    Path folder = Distribution.projectFolder().resolve("docs/examples/logs");
    try (Stream<Path> files = Files.list(folder)) {
      long lines = 0;
      for (Path file : files.toList()) {
        lines += Files.readAllLines(file).size();
      }
      return lines;
    }
  }
}
