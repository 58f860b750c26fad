package cloud.gardener.logging.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.Version;
import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.intake.TargetEncoder;
import cloud.gardener.logging.otlp.LogEncoder;
import cloud.gardener.logging.otlp.RequestBuilder;
import cloud.gardener.logging.route.RouteConfigs;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An imported record is mapped as the same record would be today, as far as the item holds it. */
class GoEventTest {
  private static final long SECONDS = Instant.parse("2026-11-26T10:00:00Z").getEpochSecond();

  private static final PluginConfig CONFIG =
      RouteConfigs.of("Origin", "seed", "HostnameValue", "node-1");

  @TempDir Path folder;

  private List<ResourceLogs> imported(PluginConfig config, byte[] file) throws Exception {
    FakeImportTarget target = new FakeImportTarget();
    TargetEncoder encoder = new TargetEncoder(config, target);
    GoEvent event = new GoEvent();
    try (GoSegment segment = GoSegment.open(Files.write(folder.resolve("1.dque"), file))) {
      for (ByteBuffer gob = segment.next(); gob != null; gob = segment.next()) {
        GoItem item = GoItem.read(gob);
        event.write(item);
        encoder.add(event.bytes(), event.size(), 5);
        target.restore(encoder.entries(), encoder.records());
        encoder.clear();
      }
    }
    return target.arrived;
  }

  /** What the plugin sends today for a record. */
  private static ResourceLogs today(long seconds, long nanos, Map<String, Object> body)
      throws Exception {
    LogEncoder encoder = new LogEncoder(CONFIG.mapping(), Version.current());
    encoder.begin(5);
    EventDecoder decoder = new EventDecoder();
    byte[] chunk = new MsgPack().event(seconds, nanos, Map.of(), body).bytes();
    decoder.wrap(chunk, chunk.length);
    assertEquals(EventDecoder.RECORD, decoder.next());
    encoder.encode(decoder);
    RequestBuilder request = new RequestBuilder();
    request.add(encoder);
    byte[] bytes = new byte[request.sizeBytes()];
    request.writeTo(bytes, 0);
    return ExportLogsServiceRequest.parseFrom(bytes).getResourceLogs(0);
  }

  /** The order of attributes has no meaning. */
  private static String sorted(ResourceLogs logs) {
    ResourceLogs.Builder all = logs.toBuilder();
    List<io.opentelemetry.proto.common.v1.KeyValue> resource =
        new ArrayList<>(all.getResource().getAttributesList());
    resource.sort((a, b) -> a.getKey().compareTo(b.getKey()));
    all.getResourceBuilder().clearAttributes().addAllAttributes(resource);
    LogRecord.Builder log = all.getScopeLogsBuilder(0).getLogRecordsBuilder(0);
    List<io.opentelemetry.proto.common.v1.KeyValue> attributes =
        new ArrayList<>(log.getAttributesList());
    attributes.sort((a, b) -> a.getKey().compareTo(b.getKey()));
    log.clearAttributes().addAllAttributes(attributes);
    return all.build().toString();
  }

  @Test
  void shouldMapTheRealPluginsRecordsAsToday() throws Exception {
    List<ResourceLogs> of = new ArrayList<>();
    for (String name : GoQueueFiles.REAL) {
      of.addAll(imported(CONFIG, GoQueueFiles.real(name)));
    }
    List<ResourceLogs> today =
        List.of(
            today(
                SECONDS,
                0,
                Map.of(
                    "log", "record 0",
                    "level", "error",
                    "stream", "stderr",
                    "kubernetes",
                    Map.of(
                        "namespace_name", "garden",
                        "pod_name", "etcd-0",
                        "pod_id", "u-1",
                        "container_name", "etcd",
                        "container_id", "abc",
                        "host", "node-1"))),
            today(
                SECONDS + 1,
                123_000_000,
                Map.of(
                    "log", "record 1",
                    "n", 7L,
                    "f", 1.5,
                    "b", true,
                    "nothing", "<<nil>>",
                    "m", "<map: 2 keys>",
                    "l", "<array: 2 items>")),
            today(SECONDS + 2, 0, Map.of("message", "record 2", "level", 3L, "origin", "own")),
            today(SECONDS + 3, 0, Map.of("msg", "record 3", "level", "WARN", "big", "<uint64>")),
            today(SECONDS + 4, 0, Map.of("log", new MsgPack.Pairs(List.of("level", "warn", "msg", "record 4")))),
            today(SECONDS + 5, 0, Map.of("log", "record 5 <&> \u2028 ü 😀 \u0001")),
            today(
                SECONDS + 6,
                0,
                Map.of(
                    "log", "record 6",
                    "trace_id", "4bf92f3577b34da6a3ce929d0e0e4736",
                    "span_id", "00f067aa0ba902b7")),
            today(SECONDS + 7, 0, Map.of("log", "E1126 10:00:07.1 1 x.go:27] record 7")),
            today(SECONDS + 8, 0, Map.of("log", "record 8")),
            today(SECONDS + 9, 0, Map.of("log", "record 9")));
    assertEquals(today.stream().map(GoEventTest::sorted).toList(), of.stream().map(GoEventTest::sorted).toList());
  }

  @Test
  void shouldKeepWhatTheOutputNoLongerSets() throws Exception {
    List<ResourceLogs> imported =
        imported(RouteConfigs.of(), GoQueueFiles.real(GoQueueFiles.REAL.get(2)));
    assertEquals(sorted(today(SECONDS + 8, 0, Map.of("log", "record 8"))), sorted(imported.get(2)));
  }

  @Test
  void shouldKeepABodyThatLooksLikeAPrintedRecord() throws Exception {
    String attributes = "\"attributes\":[{\"key\":\"stream\",\"value_type\":\"string\",\"str_value\":\"stdout\"}]";
    for (String body : List.of("map[a:b]", "map[stream:other]", "map[log:x stream:stdout]", "x map[stream:stdout]")) {
      List<ResourceLogs> imported =
          imported(
              CONFIG, new GoQueueFiles().json("{\"body\":\"" + body + "\"," + attributes + "}").bytes());
      assertEquals(
          body, imported.get(0).getScopeLogs(0).getLogRecords(0).getBody().getStringValue());
    }
  }

  @Test
  void shouldMapTraceAndBytesThatOnlyTheItemHas() throws Exception {
    LogRecord log =
        imported(
                CONFIG,
                new GoQueueFiles()
                    .json(
                        "{\"body\":\"b\",\"trace_id\":\"S/kvNXezTaajzpKdDg5HNg==\",\"span_id\":\"APBnqguqkCs=\","
                            + "\"trace_flags\":1,\"attributes\":[{\"key\":\"y\",\"value_type\":\"bytes\","
                            + "\"byte_value\":\"AQI=\"}]}")
                    .bytes())
            .get(0).getScopeLogs(0).getLogRecords(0);
    assertEquals(16, log.getTraceId().size());
    assertEquals(8, log.getSpanId().size());
    assertEquals(1, log.getFlags());
    assertEquals(2, log.getAttributesList().stream().filter(a -> a.getKey().equals("y")).findAny().orElseThrow()
        .getValue().getBytesValue().size());
  }
}
