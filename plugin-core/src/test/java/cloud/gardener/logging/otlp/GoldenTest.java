package cloud.gardener.logging.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cloud.gardener.logging.config.MappingConfig;
import cloud.gardener.logging.config.Mappings;
import cloud.gardener.logging.event.MsgPack;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.JsonFormat;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The mapping's golden cases, {@code golden/mapping.json}. A case is a list of events and the OTLP JSON
 * that must come out. An event is {@code {"time": "seconds.nanoseconds", "metadata": {}, "body": {}}}, or
 * {@code {"group": {...}}}, or {@code {"groupEnd": true}}. What JSON cannot say: {@code {"$binary": hex}},
 * {@code {"$string": hex}} (bytes that may not be UTF-8), {@code {"$pairs": [key, value, ...]}}.
 * {@code -Dupdate.golden=true} writes what comes out into the file.
 */
class GoldenTest {
  private static final Path FILE = Path.of("src/test/resources/golden/mapping.json");

  @TestFactory
  List<DynamicTest> shouldMapAsTheGoldenCasesSay() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    try (InputStream file = getClass().getResourceAsStream("/golden/mapping.json")) {
      JsonNode cases = new ObjectMapper().readTree(file);
      if (Boolean.getBoolean("update.golden")) {
        update(cases);
      }
      for (JsonNode golden : cases) {
        tests.add(DynamicTest.dynamicTest(golden.get("case").asText(), () -> check(golden)));
      }
    }
    assertFalse(tests.isEmpty());
    return tests;
  }

  /** Writes what comes out into the file, to be looked at case by case before it is committed. */
  private static void update(JsonNode cases) throws Exception {
    for (JsonNode golden : cases) {
      ((ObjectNode) golden).set("expected", actual(golden));
    }
    DefaultIndenter indenter = new DefaultIndenter(" ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(separators)
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter);
    Files.writeString(FILE, new ObjectMapper().writer(printer).writeValueAsString(cases) + "\n");
  }

  private static void check(JsonNode golden) throws Exception {
    ObjectWriter writer = new ObjectMapper().writerWithDefaultPrettyPrinter();
    assertEquals(
        writer.writeValueAsString(golden.get("expected")), writer.writeValueAsString(actual(golden)));
  }

  /** The resourceLogs that come out. */
  private static JsonNode actual(JsonNode golden) throws Exception {
    List<String> settings = new ArrayList<>();
    golden.path("config").properties().forEach(setting -> {
      settings.add(setting.getKey());
      settings.add(setting.getValue().asText());
    });
    MappingConfig mapping = Mappings.of(settings.toArray(String[]::new));
    MsgPack chunk = new MsgPack();
    golden.get("events").forEach(event -> write(chunk, event));
    String json = JsonFormat.printer().print(new Encoded(mapping).request(chunk.bytes()));
    return idsAsHex(new ObjectMapper().readTree(json)).path("resourceLogs");
  }

  private static void write(MsgPack chunk, JsonNode event) {
    if (event.has("group")) {
      chunk.groupStart(value(event.get("group")));
    } else if (event.has("groupEnd")) {
      chunk.groupEnd();
    } else {
      BigDecimal time = new BigDecimal(event.get("time").asText());
      long seconds = time.longValue();
      long nanos = time.subtract(BigDecimal.valueOf(seconds)).movePointRight(9).longValue();
      Object metadata = event.has("metadata") ? value(event.get("metadata")) : Map.of();
      chunk.event(seconds, nanos, metadata, value(event.get("body")));
    }
  }

  private static Object value(JsonNode node) {
    if (node.isNull()) {
      return null;
    } else if (node.isBoolean()) {
      return node.booleanValue();
    } else if (node.isBigInteger()) {
      return new BigInteger(node.asText());
    } else if (node.isIntegralNumber()) {
      return node.longValue();
    } else if (node.isNumber()) {
      return node.doubleValue();
    } else if (node.isTextual()) {
      return node.textValue();
    } else if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(element -> list.add(value(element)));
      return list;
    } else if (node.has("$binary")) {
      return HexFormat.of().parseHex(node.get("$binary").asText());
    } else if (node.has("$string")) {
      return new MsgPack.Raw(HexFormat.of().parseHex(node.get("$string").asText()));
    } else if (node.has("$pairs")) {
      @SuppressWarnings("unchecked")
      List<Object> pairs = (List<Object>) value(node.get("$pairs"));
      return new MsgPack.Pairs(pairs);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    node.properties().forEach(field -> map.put(field.getKey(), value(field.getValue())));
    return map;
  }

  /** OTLP JSON writes ids in hex, where protobuf's own JSON has base64. */
  private static JsonNode idsAsHex(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (String id : List.of("traceId", "spanId")) {
        if (object.has(id)) {
          byte[] bytes = Base64.getDecoder().decode(object.get(id).asText());
          object.put(id, HexFormat.of().formatHex(bytes));
        }
      }
    }
    node.forEach(GoldenTest::idsAsHex);
    return node;
  }
}
