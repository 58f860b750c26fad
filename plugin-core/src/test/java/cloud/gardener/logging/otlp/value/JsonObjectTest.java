package cloud.gardener.logging.otlp.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.event.MsgPack;
import cloud.gardener.logging.event.Value;
import cloud.gardener.logging.otlp.json.JsonObject;
import java.io.IOException;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON text, read as a map: compared with Jackson, which reads the same language. */
class JsonObjectTest {
  private static final int ITERATIONS = Integer.getInteger("fuzz.iterations", 20_000);
  private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());

  private static final ObjectMapper JACKSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final String[] PARTS = {
    "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"b\\n\\u00e4\"", "\"\\ud83d\\ude00\"", "\\", "\\u12", "1", "-", "0",
    "01", "-1.5", "2e3", "1E+2", ".", "true", "false", "null", "tru", " ", "\n", "\t", "ä", "\u0001", "x", "{\"k\":",
    "\"k\":1", "[1,2]", "18446744073709551615", "-9223372036854775808", "9223372036854775807"
  };

  private final JsonObject object = new JsonObject();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}", " {\"a\" : 1 }\n", "{\"a\":[],\"b\":{}}", "{\"a\":[1,-2,0.5,1e3,true,false,null,\"x\"]}",
        "{\"s\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u20ac\\ud83d\\ude00\"}", "{\"ä\":\"€\"}",
        "{\"n\":[9223372036854775807,-9223372036854775808,18446744073709551615,0,-0]}"
      })
  void shouldReadWhatIsAnObject(String text) throws IOException {
    assertTrue(read(text));
    assertSame(JACKSON.readTree(text), JACKSON.readTree(written()), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "text", "[]", "1", "\"x\"", "{", "}", "{]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{a:1}",
        "{\"a\":1} x", "{\"a\":1}{}", "{\"a\":01}", "{\"a\":1.}", "{\"a\":-}", "{\"a\":1e}", "{\"a\":+1}", "{\"a\":NaN}",
        "{\"a\":tru}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"\\u00", "{\"a\":\"\n\"}", "{\"a\":[1,]}", "{\"a\":[1 2]}",
        "{\"a\":[}", "{1:2}", "{'a':1}", "{\"a\" 1}"
      })
  void shouldRefuseWhatIsNone(String text) {
    assertFalse(read(text));
  }

  @Test
  void shouldKeepAsTextWhatNoNumberHolds() {
    assertTrue(read("{\"a\":18446744073709551616,\"b\":-9223372036854775809,\"c\":1e999,\"d\":99999999999999999999999}"));
    assertEquals(
        "{\"a\":\"18446744073709551616\",\"b\":\"-9223372036854775809\",\"c\":\"1e999\","
            + "\"d\":\"99999999999999999999999\"}",
        written());
  }

  @Test
  void shouldReplaceHalvesOfSurrogatePairs() {
    assertTrue(read("{\"a\":\"\\ud83d\",\"b\":\"\\ude00x\",\"c\":\"\\ud83d\\u0041\"}"));
    assertEquals("{\"a\":\"\ufffd\",\"b\":\"\ufffdx\",\"c\":\"\ufffdA\"}", written());
  }

  @Test
  void shouldBoundNestingAndSize() {
    int inner = JsonObject.MAX_DEPTH - 1;
    assertTrue(read("{\"a\":" + "[".repeat(inner) + "]".repeat(inner) + "}"));
    assertFalse(read("{\"a\":" + "[".repeat(inner + 1) + "]".repeat(inner + 1) + "}"));
    String frame = "{\"a\":\"\"}";
    String largest = "x".repeat(JsonObject.MAX_TEXT_BYTES - frame.length());
    assertTrue(read("{\"a\":\"" + largest + "\"}"));
    assertFalse(read("{\"a\":\"" + largest + "x\"}"));
  }

  @Test
  void shouldReadWhatJacksonReadsAndRefuseWhatItRefuses() throws IOException {
    Random random = new Random(SEED);
    int objects = 0;
    for (int i = 0; i < ITERATIONS; i++) {
      StringBuilder text = new StringBuilder("{");
      for (int parts = random.nextInt(8); parts > 0; parts--) {
        text.append(PARTS[random.nextInt(PARTS.length)]);
      }
      String whole = text.append(random.nextInt(4) == 0 ? "" : "}").toString();
      JsonNode expected = jackson(whole);
      boolean read = read(whole);
      assertEquals(expected != null, read, () -> "seed " + SEED + ": " + whole);
      if (read) {
        objects++;
        assertSame(withNames(expected), JACKSON.readTree(written()), "seed " + SEED + ": " + whole);
      }
    }
    assertTrue(objects > ITERATIONS / 100);
  }

  private static JsonNode jackson(String text) {
    try {
      JsonNode node = JACKSON.readTree(text);
      return node != null && node.isObject() ? node : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  /** An empty key is never sent: it is named. */
  private static JsonNode withNames(JsonNode node) {
    node.forEach(JsonObjectTest::withNames);
    if (node instanceof ObjectNode map && map.has("")) {
      map.set("_", map.remove(""));
    }
    return node;
  }

  /** Numbers are the same by their value, and those that are text by their digits. */
  private static void assertSame(JsonNode expected, JsonNode actual, String text) {
    Comparator<JsonNode> byValue =
        (a, b) -> {
          boolean numbers = a.isNumber() && b.isNumber();
          boolean keptAsText =
              a.isBigInteger() && a.asString().equals(b.asString())
                  || a.isDouble() && Double.isInfinite(a.doubleValue()) && b.isString();
          boolean same = numbers ? a.decimalValue().compareTo(b.decimalValue()) == 0 : a.equals(b);
          return same || keptAsText ? 0 : 1;
        };
    assertTrue(expected.equals(byValue, actual), () -> text + " became " + actual);
  }

  private boolean read(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return object.read(bytes, 0, bytes.length);
  }

  /** The map that was read, as JSON again. */
  private String written() {
    byte[] map = object.bytes();
    assertEquals(object.length(), new Value().skip(map, 0, object.length()));
    ProtoBuffer out = new ProtoBuffer();
    new Json(new Text(), new UniqueKeys()).field(out, Fields.ANY_STRING, map, 0, object.length());
    String field = new String(out.array, 0, out.size, UTF_8);
    return field.substring(field.indexOf('{'));
  }
}
