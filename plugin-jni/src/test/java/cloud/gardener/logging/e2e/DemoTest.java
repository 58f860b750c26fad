package cloud.gardener.logging.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code make demo} runs once everything is built. */
class DemoTest {
  @TempDir Path queues;

  @Test
  void shouldPrintEachSampleLineAsOtlpJson() throws Exception {
    List<JsonNode> records = new ArrayList<>();
    for (String line : demo("").lines().filter(each -> each.startsWith("{")).toList()) {
      records.add(JsonMapper.builder().build().readTree(line));
    }
    assertEquals(sampleLines(), records.size());
    for (JsonNode record : records) {
      assertEquals(1, record.findValues("logRecords").size(), record::toString);
      assertEquals(1, record.findValue("logRecords").size(), record::toString);
      assertTrue(!record.findValue("body").isEmpty(), record::toString);
    }
  }

  @Test
  void shouldSendEachSampleLineToAnEndpoint() throws Exception {
    try (SinkProcess sink = SinkProcess.start()) {
      String said = demo("127.0.0.1:" + sink.port());
      assertEquals(sampleLines(), sink.records(), said);
      assertTrue(said.endsWith("== done\n"), said);
    }
  }

  @Test
  void shouldSayWhereTheRecordsWaitWhenNobodyTakesThem() throws Exception {
    String said = demo("127.0.0.1:" + Configuration.freePort());
    assertTrue(said.contains("they wait in " + queues), said);
  }

  private String demo(String endpoint) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "scripts/demo.sh")
            .directory(Distribution.projectFolder().toFile())
            .redirectErrorStream(true);
    builder.environment().put("ENDPOINT", endpoint);
    builder.environment().put("DEMO_QUEUES", queues.toString());
    Process demo = builder.start();
    String said = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, demo.waitFor(), said);
    return said;
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
