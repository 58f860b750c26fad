package cloud.gardener.logging.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.otlp.value.Text;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnyValuesTest {
  @Test
  void shouldEncodeRandomValuesAsAPlainTreeWalkDoes() {
    long seed = System.nanoTime();
    RandomValues values = new RandomValues(new Random(seed));
    for (int i = 0; i < 5_000; i++) {
      // In a list, where no map becomes text for the sake of a backend that takes maps apart.
      Object value = Collections.singletonList(values.value(6));
      assertEquals(reference(value), attribute(value), () -> "seed " + seed);
    }
  }

  @Test
  void shouldCountEachReplacedValueOnceInRecordsWithTheSameKeys() {
    // Keys that nest beside a map: the attributes are written again, with their paths compared.
    MsgPack.Pairs twice = new MsgPack.Pairs(List.of("k", 1, "k", 2));
    MsgPack.Pairs body = new MsgPack.Pairs(List.of("log", "x", "a", twice, "a.b", 1));
    MsgPack chunk = new MsgPack();
    for (int i = 0; i < 3; i++) {
      chunk.event(1, i, Map.of(), body);
    }
    new Encoded(Encoded.PLAIN)
        .request(chunk.bytes())
        .getResourceLogs(0)
        .getScopeLogs(0)
        .getLogRecordsList()
        .forEach(record -> assertEquals(1, record.getDroppedAttributesCount()));
  }

  /** What contract and specification say, written without regard to speed. */
  private static AnyValue reference(Object value) {
    AnyValue.Builder any = AnyValue.newBuilder();
    if (value instanceof Boolean bool) {
      any.setBoolValue(bool);
    } else if (value instanceof Long number) {
      any.setIntValue(number);
    } else if (value instanceof Double real) {
      any.setDoubleValue(real);
    } else if (value instanceof String string) {
      any.setStringValue(string);
    } else if (value instanceof byte[] bytes) {
      any.setBytesValue(ByteString.copyFrom(bytes));
    } else if (value instanceof List<?> list) {
      ArrayValue.Builder array = ArrayValue.newBuilder();
      list.forEach(element -> array.addValues(reference(element)));
      any.setArrayValue(array);
    } else if (value instanceof Map<?, ?> map) {
      List<Object> pairs = new ArrayList<>();
      map.forEach((key, itsValue) -> pairs.addAll(Arrays.asList(key, itsValue)));
      any.setKvlistValue(reference(pairs));
    } else if (value instanceof MsgPack.Pairs pairs) {
      any.setKvlistValue(reference(pairs.keysAndValues()));
    }
    return any.build();
  }

  private static KeyValueList reference(List<Object> pairs) {
    Map<String, AnyValue> last = new LinkedHashMap<>();
    for (int i = 0; i < pairs.size(); i += 2) {
      String key = key(pairs.get(i));
      last.remove(key);
      last.put(key, reference(pairs.get(i + 1)));
    }
    KeyValueList.Builder list = KeyValueList.newBuilder();
    last.forEach((key, itsValue) -> list.addValues(KeyValue.newBuilder().setKey(key).setValue(itsValue)));
    return list.build();
  }

  private static String key(Object key) {
    if (key instanceof MsgPack.Raw raw) {
      return new String(raw.bytes(), UTF_8);
    }
    return "".equals(key) ? "_" : String.valueOf(key);
  }

  private static AnyValue attribute(Object value) {
    MsgPack.Pairs record = new MsgPack.Pairs(Arrays.asList("log", "l", "k", value));
    return Encoded.record(record).getAttributes(0).getValue();
  }

  @Test
  void shouldMakeTextOfListsNestedTooDeep() {
    Object value = List.of("deep", Map.of("k", "v\"\n"));
    for (int i = 0; i < 60; i++) {
      value = List.of(value);
    }
    // Parsing it, with protobuf's default limit, is half of the test.
    AnyValue any = attribute(value);
    for (int i = 0; i < 47; i++) {
      any = any.getArrayValue().getValues(0);
    }
    String inner = "[\"deep\",{\"k\":\"v\\\"\\n\"}]";
    assertEquals("[".repeat(13) + inner + "]".repeat(13), any.getStringValue());
  }

  @Test
  void shouldMakeTextOfMapsNestedTooDeep() {
    Object value = "deep";
    for (int i = 0; i < 40; i++) {
      value = Map.of("k", value);
    }
    AnyValue any = attribute(value);
    for (int i = 0; i < 31; i++) {
      any = any.getKvlistValue().getValues(0).getValue();
    }
    assertEquals("{\"k\":".repeat(9) + "\"deep\"" + "}".repeat(9), any.getStringValue());
  }

  @Test
  void shouldCountWhatIsNestedTooDeepAndWhatIsNoUtf8() {
    Encoded encoded = new Encoded(Encoded.PLAIN);
    MsgPack chunk = new MsgPack().array(2).value(1).map(2).value("log").value("l").value("k");
    for (int i = 0; i < 10_000; i++) {
      chunk.raw(0x91);
    }
    chunk.value(new MsgPack.Raw(new byte[] {(byte) 0xff}));
    chunk.event(2, 0, Map.of(), Map.of("log", new MsgPack.Raw(new byte[] {(byte) 0x80})));
    encoded.request(chunk.bytes());
    assertEquals(1, encoded.encoder.deepValues());
    assertEquals(2, encoded.encoder.repairedStrings());
  }

  /** Attributes are written a second time, with maps as text, where a map repeats the path of another key. */
  @Test
  void shouldCountARepairedStringOnceWhereAttributesAreWrittenTwice() {
    Encoded encoded = new Encoded(Encoded.PLAIN);
    MsgPack chunk = new MsgPack();
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("log", "l");
    record.put("host.name", new MsgPack.Raw(new byte[] {(byte) 0xff}));
    record.put("host", Map.of("name", "n"));
    int records = 3; // The keys of the second and third record are known.
    for (int i = 0; i < records; i++) {
      chunk.event(1, i, Map.of(), record);
    }
    encoded.request(chunk.bytes());
    assertEquals(records, encoded.encoder.repairedStrings());
  }

  @Test
  void shouldRepairStringsAsTheJdkDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[random.nextInt(30)];
      for (int b = 0; b < bytes.length; b++) {
        // Mostly bytes that begin or continue sequences, so that many are almost right.
        bytes[b] = (byte) (random.nextInt(4) == 0 ? random.nextInt(128) : 0x80 + random.nextInt(128));
      }
      String expected = new String(bytes, UTF_8);
      assertEquals(
          expected, attribute(new MsgPack.Raw(bytes)).getStringValue(), () -> "seed " + seed);
    }
  }

  @Test
  void shouldFindTheOneMalformedByteWhereverItIs() {
    for (int length = 1; length <= 80; length++) {
      for (int at = 0; at < length; at++) {
        byte[] bytes = "a".repeat(length).getBytes(UTF_8);
        bytes[at] = (byte) 0xff;
        assertEquals(new String(bytes, UTF_8), attribute(new MsgPack.Raw(bytes)).getStringValue());
      }
    }
  }

  @Test
  void shouldKnowValidUtf8OfEveryLength() {
    for (int codePoint : new int[] {0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff}) {
      byte[] bytes = ("aaaaaaa" + Character.toString(codePoint)).repeat(3).getBytes(UTF_8);
      assertTrue(Text.isUtf8(bytes, 0, bytes.length), () -> "code point " + codePoint);
    }
  }

  @Test
  void shouldEncodeAVeryLargeRecord() {
    String large = "x".repeat(50 << 20);
    assertEquals(large.length(), attribute(large).getStringValue().length());
  }

  @Test
  void shouldTakeARecordWithManyRepeatedKeys() {
    MsgPack chunk = new MsgPack().array(2).value(1).map(200_000);
    for (int i = 0; i < 100_000; i++) {
      chunk.value("k" + i).value(1).value("k" + i).value(2);
    }
    Encoded encoded = new Encoded(Encoded.PLAIN);
    MsgPack withLog = new MsgPack().array(2).value(1).map(3);
    withLog.value("log").value("l").value("k").value(1).value("k").value(2);
    encoded.request(chunk.bytes());
    assertEquals(
        1,
        encoded
            .request(withLog.bytes())
            .getResourceLogs(0)
            .getScopeLogs(0)
            .getLogRecords(0)
            .getAttributesCount());
  }
}
