package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.keys.Mappings;
import cloud.gardener.logging.otlp.Encoded;
import cloud.gardener.logging.otlp.GoldenCase;
import cloud.gardener.logging.otlp.RandomValues;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;

/** VictoriaLogs itself says that no key comes twice in what the converter makes, with every key as a stream field. */
@Tag("real")
class VictoriaLogsRowsTest {
  private static final int CHUNKS = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Set<String> OF_RESOURCE = Set.of();
  private static final String NO_MESSAGE = "missing _msg field";

  @TempDir Path folder;
  private VictoriaLogs logs;
  private Rows rows;

  @BeforeAll
  static void needsIt() {
    Programs.assume("VictoriaLogsRowsTest", VictoriaLogs.PROGRAM);
  }

  @BeforeEach
  void start() throws Exception {
    logs = VictoriaLogs.start(folder);
    rows = new Rows(logs);
  }

  @AfterEach
  void stop() {
    if (logs != null) {
      logs.close();
    }
  }

  @Test
  void shouldMakeOneRowOfEachRecordOfTheGoldenCases() throws Exception {
    Set<String> all = new TreeSet<>();
    List<GoldenCase> cases = new ArrayList<>();
    for (GoldenCase golden : GoldenCase.all()) {
      if (!isWarnedOf(golden)) {
        cases.add(golden);
        all.addAll(Rows.columns(golden.request()));
      }
    }
    int tenant = 0;
    for (Set<String> streamFields : List.of(OF_RESOURCE, all)) {
      for (GoldenCase golden : cases) {
        check(golden.name(), ++tenant, golden.request(), streamFields);
      }
    }
    assertTrue(tenant > 0);
  }

  @Test
  void shouldMakeOneRowOfEachRecordOfRandomChunks() throws Exception {
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    RandomValues values = new RandomValues(new Random(seed));
    String[] formats = {"json", "message"};
    String[] places = {"resource", "log"};
    for (int i = 1; i <= CHUNKS; i++) {
      var mapping =
          Mappings.of(
              "HostnameValue", "node",
              "Origin", "seed",
              "BodyFormat", formats[i % 2],
              "KubernetesAttributes", places[i / 2 % 2]);
      ExportLogsServiceRequest request = Rows.ofToday(new Encoded(mapping).request(values.chunk()));
      Set<String> streamFields = i % 3 == 0 ? OF_RESOURCE : Rows.columns(request);
      check("seed " + seed + ", chunk " + i + "\n" + request, i, request, streamFields);
    }
  }

  @Test
  void shouldEndVictoriaLogsWithAKeyInResourceAndLogRecord() throws Exception {
    var request = ExportLogsServiceRequest.newBuilder();
    var resource = request.addResourceLogsBuilder();
    resource.getResourceBuilder().addAttributes(Rows.attribute("host.name", "node"));
    resource
        .addScopeLogsBuilder()
        .addLogRecordsBuilder()
        .setTimeUnixNano(1_700_000_000_000_000_000L)
        .setBody(AnyValue.newBuilder().setStringValue("m"))
        .addAttributes(Rows.attribute("host.name", "own"));

    // Without the stream field it is a column twice, with it the end.
    rows.send(1, request.build(), Set.of("origin"));
    assertThrows(JacksonException.class, () -> rows.all(1));
    assertEnds(request.build(), Set.of("host.name"));
  }

  @Test
  void shouldEndVictoriaLogsWithTheSettingsThatTheDocumentationWarnsOf() throws Exception {
    List<GoldenCase> warned = GoldenCase.all().stream().filter(VictoriaLogsRowsTest::isWarnedOf).toList();
    for (String kind : List.of("a map that a backend would take for its own fields", "Kubernetes metadata in both")) {
      GoldenCase golden = warned.stream().filter(one -> one.name().startsWith(kind)).findAny().orElseThrow();
      assertEnds(golden.request(), Rows.columns(golden.request()));
      logs.close();
      start();
    }
  }

  /** See docs/mapping.md, what a backend needs. */
  private static boolean isWarnedOf(GoldenCase golden) {
    return golden.setting("KubernetesAttributes").equals("both")
        || golden.setting("BodyFormat").equals("structured");
  }

  private void assertEnds(ExportLogsServiceRequest request, Set<String> streamFields) {
    assertThrows(IOException.class, () -> rows.send(1, request, streamFields));
    // The connection ends before the process does.
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          while (logs.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(5);
          }
        });
  }

  private void check(
      String what, int tenant, ExportLogsServiceRequest request, Set<String> streamFields) {
    try {
      rows.send(tenant, request, streamFields);
      checkMessages(
          Rows.records(request).stream().map(LogRecord::getBody).toList(),
          rows.all(tenant).stream().map(row -> row.get("_msg")).toList());
    } catch (Exception | AssertionError e) {
      throw new AssertionError(what + ", stream fields " + streamFields, e);
    }
    assertTrue(logs.isAlive(), what);
  }

  private static void checkMessages(List<AnyValue> bodies, List<String> messages) {
    assertEquals(bodies.size(), messages.size());
    assertFalse(messages.contains(null));
    assertEquals(
        bodies.stream().filter(VictoriaLogsRowsTest::isSilent).count(),
        messages.stream().filter(message -> message.startsWith(NO_MESSAGE)).count());
    List<String> others = new ArrayList<>(messages);
    for (AnyValue body : bodies) {
      assertTrue(!isText(body) || others.remove(body.getStringValue()), body::toString);
    }
  }

  private static boolean isText(AnyValue body) {
    return body.hasStringValue() && !body.getStringValue().isEmpty();
  }

  /** Whether VictoriaLogs has to show a text of its own: an empty value is none. */
  private static boolean isSilent(AnyValue body) {
    return switch (body.getValueCase()) {
      case VALUE_NOT_SET -> true;
      case STRING_VALUE -> body.getStringValue().isEmpty();
      case BYTES_VALUE -> body.getBytesValue().isEmpty();
      case KVLIST_VALUE ->
          body.getKvlistValue().getValuesList().stream()
              .filter(pair -> pair.getKey().equals("_msg") && !pair.getValue().hasKvlistValue())
              .allMatch(pair -> isSilent(pair.getValue()));
      default -> false;
    };
  }
}
