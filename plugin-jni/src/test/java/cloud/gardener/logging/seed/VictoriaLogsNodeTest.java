package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.e2e.Configuration;
import cloud.gardener.logging.e2e.Distribution;
import cloud.gardener.logging.e2e.HostProcess;
import cloud.gardener.logging.e2e.LogFile;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a log file through Fluent Bit and the plugin into VictoriaLogs, over HTTP, with records as Gardener's Lua sets
 * them. The bundled host has no filters: there the fields stand in the lines alone.
 */
@Tag("real")
class VictoriaLogsNodeTest {
  private static final int RECORDS = 500;
  private static final int TENANT = 7;
  private static final String STREAM_FIELDS =
      "origin,severity,level,host.name,service.name,service.namespace,k8s.namespace.name,k8s.pod.name,k8s.node.name,"
          + "scope.name,severity_text,severity_number,trace_id,_msg";

  /** What the filter sets, and what becomes of it. */
  private static final Map<String, String> OF_LUA =
      Map.ofEntries(
          Map.entry("host.name", "node"),
          Map.entry("k8s.pod.name", "kubelet-x8k2p"),
          Map.entry("k8s.namespace.name", "kube-system"),
          Map.entry("origin", "shoot-system"),
          Map.entry("severity", "ERR"),
          Map.entry("service.name", "kubelet.service"),
          Map.entry("severity_text", "3"),
          Map.entry("severity_number", "17"),
          Map.entry("trace_id", "0123456789abcdef0123456789abcdef"),
          Map.entry("scope.name", "fluent-bit-output-plugin"),
          Map.entry("record.severity_text", "own"),
          Map.entry("record._msg", "own"),
          Map.entry("record._stream", "own"));

  @TempDir Path folder;

  @BeforeAll
  static void needsIt() {
    Programs.assume("VictoriaLogsNodeTest", VictoriaLogs.PROGRAM);
  }

  @Test
  void shouldFindEachRecordOnceWithItsMessage() throws Exception {
    boolean filters = Distribution.hostKind() == Distribution.HostKind.FLUENT_BIT;
    LogFile lines = new LogFile(folder.resolve("pod.log"), 0);
    lines.write(RECORDS);
    try (VictoriaLogs logs = VictoriaLogs.start(folder.resolve("victoria-logs"))) {
      Configuration configuration = configuration(logs, lines.path());
      String text = configuration + (filters ? filter() : "");
      try (HostProcess host = HostProcess.start(folder, text)) {
        host.await("all records", () -> logs.count(TENANT, "*") >= RECORDS);
        assertEquals(0, host.terminate());
      }
      List<Map<String, String>> rows = new Rows(logs).all(TENANT);

      assertTrue(logs.isAlive());
      assertEquals(
          IntStream.range(0, RECORDS).boxed().toList(),
          rows.stream().map(row -> number(row.get("_msg"))).sorted().toList());
      for (Map<String, String> row : rows) {
        assertEquals("node", row.get("host.name"));
        if (filters) {
          OF_LUA.forEach((column, value) -> assertEquals(value, row.get(column), column));
        }
      }
    }
  }

  @Test
  void shouldFindRecordsThatCameAsOtlpOnce() throws Exception {
    boolean hasInput = Distribution.hostKind() == Distribution.HostKind.FLUENT_BIT;
    if (!hasInput) {
      System.out.println("VictoriaLogsNodeTest did not send OTLP: the bundled host has no input for it");
    }
    Assumptions.assumeTrue(hasInput);
    int port = Configuration.freePort();
    String input =
        "[INPUT]\n    Name opentelemetry\n    Tag otlp\n    Listen 127.0.0.1\n    Port " + port + "\n";
    try (VictoriaLogs logs = VictoriaLogs.start(folder.resolve("victoria-logs"))) {
      Configuration configuration = configuration(logs, folder.resolve("none.log"));
      try (HostProcess host = HostProcess.start(folder, configuration + input)) {
        host.await("OTLP is taken", () -> Rows.post("http://127.0.0.1:" + port + "/v1/logs", otlp()) / 100 == 2);
        host.await("the records", () -> logs.count(TENANT, "*") >= 2);
        assertEquals(0, host.terminate());
      }
      List<Map<String, String>> rows = new Rows(logs).all(TENANT);

      assertTrue(logs.isAlive());
      assertEquals(2, rows.size());
      for (Map<String, String> row : rows) {
        assertEquals("h", row.get("host.name"));
        assertEquals("Error", row.get("severity_text"));
        assertEquals("own", row.get("record.severity_text"));
        assertEquals("lib", row.get("scope.name"));
        assertEquals("own", row.get("record.scope.name"));
      }
      assertEquals(
          Set.of("text", "{\"host.name\":\"own\"}"),
          rows.stream().map(row -> row.get("_msg")).collect(Collectors.toSet()));
    }
  }

  /** Two records, one with a map as its body, that meet the resource and VictoriaLogs's columns. */
  private static ExportLogsServiceRequest otlp() {
    var request = ExportLogsServiceRequest.newBuilder();
    var resource = request.addResourceLogsBuilder();
    resource.getResourceBuilder().addAttributes(Rows.attribute("host.name", "h"));
    var scope = resource.addScopeLogsBuilder();
    scope.getScopeBuilder().setName("lib").addAttributes(Rows.attribute("a", "b"));
    KeyValueList map = KeyValueList.newBuilder().addValues(Rows.attribute("host.name", "own")).build();
    for (AnyValue.Builder body :
        List.of(AnyValue.newBuilder().setStringValue("text"), AnyValue.newBuilder().setKvlistValue(map))) {
      scope
          .addLogRecordsBuilder()
          .setTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()))
          .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_ERROR)
          .setSeverityText("Error")
          .setBody(body)
          .addAttributes(Rows.attribute("host.name", "own"))
          .addAttributes(Rows.attribute("severity_text", "own"))
          .addAttributes(Rows.attribute("scope.name", "own"));
    }
    return request.build();
  }

  private Configuration configuration(VictoriaLogs logs, Path lines) {
    return new Configuration(lines, folder.resolve("queue"))
        .output("SeedType", "otlp_http")
        .output("Endpoint", logs.insertUrl())
        .output("HostnameValue", "node")
        .output("Origin", "seed")
        .output(
            "Headers",
            "{\"%s\": \"%d\", \"%s\": \"%s\"}"
                .formatted(VictoriaLogs.TENANT, TENANT, VictoriaLogs.STREAM_FIELDS, STREAM_FIELDS));
  }

  private String filter() throws Exception {
    Path script = folder.resolve("gardener.lua");
    try (var lua = getClass().getResourceAsStream("/seed/victoria-logs.lua")) {
      Files.write(script, lua.readAllBytes());
    }
    return """
        [FILTER]
            Name   lua
            Match  *
            script %s
            call   gardener
        """
        .formatted(script);
  }

  private static int number(String message) {
    return Integer.parseInt(message.replaceFirst("^seq=(\\d+) .*$", "$1"));
  }
}
