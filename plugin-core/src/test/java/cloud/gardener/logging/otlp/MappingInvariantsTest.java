package cloud.gardener.logging.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.MappingConfig;
import cloud.gardener.logging.config.keys.Mappings;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.ObjectMapper;

/** What holds for whatever comes in, in every format. */
class MappingInvariantsTest {
  private static final int CHUNKS = Integer.getInteger("fuzz.iterations", 20_000) / 4;
  private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());

  /** Refuses repeated keys. */
  private static final ObjectMapper STRICT =
      new ObjectMapper(
          JsonFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100_000).build())
              .build());

  @ParameterizedTest
  @ValueSource(
      strings = {"json resource", "message log", "structured resource", "json both", "message resource"})
  void shouldHoldForRandomRecords(String settings) {
    String[] formatAndPlace = settings.split(" ");
    MappingConfig mapping =
        Mappings.of(
            "HostnameValue", "node",
            "Origin", "seed",
            "BodyFormat", formatAndPlace[0],
            "KubernetesAttributes", formatAndPlace[1]);
    boolean both = formatAndPlace[1].equals("both");
    boolean bodyMayMeet = formatAndPlace[0].equals("structured");
    RandomValues values = new RandomValues(new Random(SEED));
    Encoded encoded = new Encoded(mapping);
    for (int i = 0; i < CHUNKS; i++) {
      ExportLogsServiceRequest request = encoded.request(values.chunk());
      try {
        check(request, both, bodyMayMeet);
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed " + SEED + ", chunk " + i + "\n" + request, e);
      }
    }
  }

  private static void check(ExportLogsServiceRequest request, boolean both, boolean bodyMayMeet)
      throws Exception {
    for (ResourceLogs resource : request.getResourceLogsList()) {
      Set<String> ofResource = keys(resource.getResource().getAttributesList());
      Set<String> resourcePaths = new HashSet<>();
      paths("", resource.getResource().getAttributesList(), resourcePaths);
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        keys(scope.getScope().getAttributesList());
        for (LogRecord record : scope.getLogRecordsList()) {
          Set<String> ofRecord = keys(record.getAttributesList());
          ofRecord.retainAll(ofResource);
          ofRecord.removeIf(key -> both && (key.startsWith("k8s.") || key.equals("container.id")));
          assertEquals(Set.of(), ofRecord);
          Set<String> columns = columns(scope, record);
          paths("", record.getAttributesList(), columns);
          if (!bodyMayMeet) {
            paths("", record.getBody().getKvlistValue().getValuesList(), columns);
          }
          resourcePaths.forEach(path -> assertTrue(mayMeet(both, path) || columns.add(path), path));
          assertNotEquals(0, record.getObservedTimeUnixNano());
          body(record);
        }
      }
    }
  }

  private static boolean mayMeet(boolean both, String path) {
    return both && (path.startsWith("k8s.") || path.equals("container.id"));
  }

  /** The columns that VictoriaLogs makes of all but the attributes and the resource, and its own. */
  private static Set<String> columns(ScopeLogs scope, LogRecord record) {
    Set<String> columns =
        new HashSet<>(
            Set.of("_time", "_stream", "_stream_id", "severity_number", "severity_text", "scope.name", "scope.version"));
    paths("scope.attributes.", scope.getScope().getAttributesList(), columns);
    if (!record.getBody().hasKvlistValue()) {
      columns.add("_msg");
    }
    if (!record.getTraceId().isEmpty()) {
      columns.add("trace_id");
    }
    if (!record.getSpanId().isEmpty()) {
      columns.add("span_id");
    }
    if (!record.getEventName().isEmpty()) {
      columns.add("event_name");
    }
    return columns;
  }

  private static void body(LogRecord record) throws Exception {
    AnyValue body = record.getBody();
    value(body);
    if (body.getStringValue().startsWith("{\"")) {
      STRICT.readTree(body.getStringValue());
    }
  }

  private static Set<String> keys(List<KeyValue> pairs) {
    Set<String> keys = new HashSet<>();
    for (KeyValue pair : pairs) {
      assertFalse(pair.getKey().isEmpty());
      assertTrue(keys.add(pair.getKey()), pair.getKey());
      value(pair.getValue());
    }
    return keys;
  }

  /** The keys that a backend sees which takes maps apart. */
  private static void paths(String prefix, List<KeyValue> pairs, Set<String> paths) {
    for (KeyValue pair : pairs) {
      String path = prefix + pair.getKey();
      if (pair.getValue().hasKvlistValue()) {
        paths(path + ".", pair.getValue().getKvlistValue().getValuesList(), paths);
      } else {
        assertTrue(paths.add(path), path);
      }
    }
  }

  private static void value(AnyValue value) {
    keys(value.getKvlistValue().getValuesList());
    value.getArrayValue().getValuesList().forEach(MappingInvariantsTest::value);
  }
}
