package cloud.gardener.logging.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.MsgPack;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are larger than a request may be. */
class TruncationTest {
  private static final int MAX_BYTES = 100_000;
  private static final int MEMBERS = 300_000;
  private static final Map<String, String> POD =
      Map.of("namespace_name", "ns", "pod_name", "pod-1", "container_name", "main");

  private final Truncation truncation =
      new Truncation(() -> new LogEncoder(Encoded.PLAIN, "1.2.3"));
  private int originalBytes;

  @Test
  void shouldCutTheLongestStringAndMarkTheRecord() throws Exception {
    ResourceLogs logs =
        cut(event(Map.of("log", "x".repeat(5_000_000), "stream", "stdout", "kubernetes", POD)));

    LogRecord record = record(logs);
    String body = record.getBody().getStringValue();
    assertTrue(body.length() > MAX_BYTES - 2_000, body.length() + " characters stay");
    assertEquals("x".repeat(body.length()), body);
    assertEquals("stdout", attributes(record).get("stream").getStringValue());
    assertTrue(attributes(record).get("log.truncated").getBoolValue());
    assertEquals(originalBytes, attributes(record).get("log.original_size_bytes").getIntValue());
    assertEquals(0, record.getDroppedAttributesCount());
    assertEquals(1_700_000_000_000_000_007L, record.getTimeUnixNano());
    assertEquals(
        Map.of(
            "k8s.namespace.name", "ns",
            "k8s.pod.name", "pod-1",
            "k8s.container.name", "main",
            "service.name", "pod",
            "service.namespace", "ns"),
        strings(logs.getResource().getAttributesList()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"é", "€", "😀", "aé€😀"})
  void shouldCutBetweenCharacters(String characters) throws Exception {
    for (int shift = 0; shift < 4; shift++) {
      String text = "a".repeat(shift) + characters.repeat(200_000);

      String body = record(cut(event(Map.of("log", text)))).getBody().getStringValue();

      assertTrue(text.startsWith(body), "nothing is replaced");
    }
  }

  @Test
  void shouldLeaveShortStringsAloneWhereLongOnesSuffice() throws Exception {
    Map<String, Object> fields = new LinkedHashMap<>();
    IntStream.range(0, 100).forEach(i -> fields.put("short" + i, "s".repeat(200)));
    fields.put("long", "l".repeat(70_000));
    fields.put("log", "b".repeat(300_000));

    LogRecord record = record(cut(event(fields)));

    Map<String, AnyValue> attributes = attributes(record);
    int body = record.getBody().getStringValue().length();
    int other = attributes.get("long").getStringValue().length();
    assertEquals(body, other, "the longest are cut to one length");
    assertTrue(body > 35_000, body + " characters stay");
    for (int i = 0; i < 100; i++) {
      assertEquals(200, attributes.get("short" + i).getStringValue().length());
    }
  }

  @Test
  void shouldCutManyMediumStringsBinaryValuesAndWhatIsNested() throws Exception {
    Map<String, Object> fields = new LinkedHashMap<>();
    IntStream.range(0, 100).forEach(i -> fields.put("medium" + i, "m".repeat(2_000)));
    fields.put("binary", new byte[200_000]);
    fields.put("map", Map.of("list", List.of(1, "n".repeat(100_000), Map.of("k", "v".repeat(50_000)))));
    fields.put("log", "text");

    LogRecord record = record(cut(event(fields)));

    Map<String, AnyValue> attributes = attributes(record);
    assertEquals("text", record.getBody().getStringValue());
    assertEquals(104, attributes.size(), "all are there");
    int cut = attributes.get("medium7").getStringValue().length();
    assertTrue(cut > 700, cut + " characters stay");
    assertEquals(cut, attributes.get("binary").getBytesValue().size());
    AnyValue list = attributes.get("map").getKvlistValue().getValues(0).getValue();
    assertEquals(3, list.getArrayValue().getValuesCount());
    assertEquals(1, list.getArrayValue().getValues(0).getIntValue());
    assertEquals(cut, list.getArrayValue().getValues(1).getStringValue().length());
  }

  @Test
  void shouldKeepBodyPodAndTheBeginningOfVeryManySmallMembers() throws Exception {
    Map<String, Object> fields = new LinkedHashMap<>();
    IntStream.range(0, MEMBERS).forEach(i -> fields.put("key" + i, i));
    fields.put("log", "the message");
    fields.put("kubernetes", POD);

    ResourceLogs logs = cut(event(fields));

    LogRecord record = record(logs);
    Map<String, AnyValue> attributes = attributes(record);
    assertEquals("the message", record.getBody().getStringValue());
    assertEquals("pod-1", strings(logs.getResource().getAttributesList()).get("k8s.pod.name"));
    assertEquals(0, attributes.get("key0").getIntValue());
    assertTrue(attributes.size() > 1_000, attributes.size() + " attributes stay");
    assertTrue(attributes.get("log.truncated").getBoolValue());
    assertEquals(MEMBERS - (attributes.size() - 2), record.getDroppedAttributesCount());
  }

  @Test
  void shouldKeepTheBeginningOfABodyOfVeryManySmallMembers() throws Exception {
    Map<String, Object> body = new LinkedHashMap<>();
    IntStream.range(0, MEMBERS).forEach(i -> body.put("key" + i, i));

    ResourceLogs logs = cut(event(new MsgPack.Pairs(List.of("log", body, "kubernetes", POD))));

    assertTrue(record(logs).getBody().toString().contains("key99"));
    assertEquals("pod-1", strings(logs.getResource().getAttributesList()).get("k8s.pod.name"));
  }

  @Test
  void shouldMarkARecordThatCameAsOtlpAmongItsAttributesAndKeepItsBody() throws Exception {
    Map<String, Object> otlp = new LinkedHashMap<>();
    otlp.put("attributes", Map.of("a", "v".repeat(200_000)));
    otlp.put("severity_number", 17);
    otlp.put("trace_id", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    MsgPack chunk = new MsgPack();
    chunk.groupStart(
        Map.of("resource", Map.of("attributes", Map.of("r", "of the group")), "scope", Map.of("name", "s")));
    chunk.event(1, 0, Map.of("otlp", otlp), Map.of("log", "the body"));

    ResourceLogs logs = cut(chunk);

    LogRecord record = record(logs);
    assertEquals("the body", record.getBody().getStringValue());
    assertEquals(17, record.getSeverityNumberValue());
    assertEquals(ByteString.copyFrom((byte[]) otlp.get("trace_id")), record.getTraceId());
    assertEquals(
        List.of("a", "log.truncated", "log.original_size_bytes"),
        record.getAttributesList().stream().map(KeyValue::getKey).toList());
    assertEquals(Map.of("r", "of the group"), strings(logs.getResource().getAttributesList()));
    assertEquals("s", logs.getScopeLogs(0).getScope().getName());
  }

  @Test
  void shouldMarkARecordThatCameAsOtlpWithoutAttributes() throws Exception {
    MsgPack chunk = new MsgPack();
    chunk.groupStart(Map.of("resource", Map.of()));
    chunk.event(1, 0, Map.of("otlp", Map.of("severity_number", 9)), Map.of("log", "x".repeat(200_000)));

    LogRecord record = record(cut(chunk));

    assertEquals(2, record.getAttributesCount());
    assertTrue(record.getBody().getStringValue().length() > 90_000);
  }

  @Test
  void shouldCutAResourceThatAloneIsTooLarge() throws Exception {
    MsgPack chunk = new MsgPack();
    chunk.groupStart(
        Map.of("resource", Map.of("attributes", Map.of("r", "r".repeat(5_000_000), "id", "7"))));
    chunk.event(1, 0, Map.of("otlp", Map.of()), Map.of("log", "text"));

    ResourceLogs logs = cut(chunk, 1_000_000);

    assertEquals("text", record(logs).getBody().getStringValue());
    assertEquals("7", strings(logs.getResource().getAttributesList()).get("id"));
    assertTrue(strings(logs.getResource().getAttributesList()).get("r").length() < 300_000);
  }

  @Test
  void shouldNotCutWhatFits() {
    MsgPack chunk = event(Map.of("log", "x".repeat(MAX_BYTES - 1_000)));
    EventDecoder decoder = decoder(chunk);
    LogEncoder encoder = new LogEncoder(Encoded.PLAIN, "1.2.3");

    assertTrue(Truncation.encodeWhole(encoder, decoder, null, MAX_BYTES));
    assertTrue(encoder.record().size > MAX_BYTES - 1_000);
    assertFalse(Truncation.encodeWhole(encoder, decoder, null, MAX_BYTES - 1_000));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldMakeAnyRecordFit(long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      Map<String, Object> fields = new LinkedHashMap<>();
      for (int left = 1 + random.nextInt(8); left > 0; left--) {
        fields.put(text(random, 40), value(random, 2));
      }
      fields.put("padding", "p".repeat(20_000));

      cut(event(fields), 10_000);
    }
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> random.nextLong();
      case 1 -> text(random, 1 << random.nextInt(14));
      case 2 -> new MsgPack.Raw(bytes(random));
      case 3 -> bytes(random);
      case 4 -> {
        List<Object> list = new ArrayList<>();
        for (int left = random.nextInt(30); left > 0; left--) {
          list.add(value(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int left = random.nextInt(30); left > 0; left--) {
          map.put(text(random, 20), value(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(500)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String text(Random random, int longest) {
    int[] characters = random.ints(1 + random.nextInt(longest), 1, 0x2ff).toArray();
    return new String(characters, 0, characters.length);
  }

  private static MsgPack event(Object body) {
    return new MsgPack().event(1_700_000_000, 7, Map.of(), body);
  }

  private static EventDecoder decoder(MsgPack chunk) {
    EventDecoder decoder = new EventDecoder();
    byte[] bytes = chunk.bytes();
    decoder.wrap(bytes, bytes.length);
    assertEquals(EventDecoder.RECORD, decoder.next());
    return decoder;
  }

  private ResourceLogs cut(MsgPack chunk) throws Exception {
    return cut(chunk, MAX_BYTES);
  }

  private ResourceLogs cut(MsgPack chunk, int maxBytes) throws Exception {
    EventDecoder decoder = decoder(chunk);
    originalBytes = decoder.sizeBytes();
    LogEncoder encoder = truncation.truncate(decoder, null, maxBytes);
    assertNotNull(encoder, "it can be cut");
    RequestBuilder builder = new RequestBuilder();
    builder.add(encoder);
    byte[] bytes = new byte[builder.sizeBytes()];
    builder.writeTo(bytes, 0);
    assertTrue(bytes.length <= maxBytes, bytes.length + " bytes");
    return ExportLogsServiceRequest.parseFrom(bytes).getResourceLogs(0);
  }

  private static LogRecord record(ResourceLogs logs) {
    return logs.getScopeLogs(0).getLogRecords(0);
  }

  private static Map<String, AnyValue> attributes(LogRecord record) {
    Map<String, AnyValue> attributes = new LinkedHashMap<>();
    for (KeyValue attribute : record.getAttributesList()) {
      assertEquals(null, attributes.put(attribute.getKey(), attribute.getValue()));
    }
    return attributes;
  }

  private static Map<String, String> strings(List<KeyValue> attributes) {
    Map<String, String> strings = new LinkedHashMap<>();
    attributes.forEach(a -> strings.put(a.getKey(), a.getValue().getStringValue()));
    return strings;
  }
}
